using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Core.Tests.World;

/// <summary>The partnership division at its desk: what is accepted goes out, with all its files but the drawn casebook.</summary>
internal static class Releases
{
    extension(Office office)
    {
        public EditionShelf Shelf => new(office.Database.DataFolder);

        /// <summary>土木部's cases are accepted and 環境生活部 has nothing to report: they could be released.</summary>
        public async Task<IReadOnlyList<Case>> ReadyAsync(params string[] titles)
        {
            var cases = await office.AnswerThisYearAsync("doboku", "ps", titles);
            office.Bring(await office.InquiryAsync("kankyo"), InquiryStatus.Accepted);
            await office.Db.SaveChangesAsync();
            return cases;
        }

        public async Task<Revision> ReleaseAsync(string? erratum = null, string programme = "ps")
        {
            await using var db = office.OpenAnother();
            return await db.ReleaseAsync(await office.NotedAsync(db, programme), office.Shelf, new ReleaseWish(erratum), WriteFiles, office.Coordinator, office.Now);
        }

        /// <summary>The compilation, with a note for every warning.</summary>
        public async Task<CompilationTable> NotedAsync(AppDb db, string programme = "ps")
        {
            foreach (var warning in (await db.CompileAsync(programme, Office.Year)).Findings.Where(f => f.Severity is Severity.Warning && f.Note is null))
                db.Add(new WarningNote(programme, Office.Year, warning.Key, "確かめました。", office.Coordinator, office.Now));
            await db.SaveChangesAsync();
            return await db.CompileAsync(programme, Office.Year);
        }

        /// <summary>The unit changes its one case and hands it in again.</summary>
        public async Task ChangeAsync(Case one, Action<Dictionary<string, string>> change)
        {
            var inquiry = await office.InquiryAsync();
            inquiry.AskBack("直してください。", office.Coordinator, office.Now, []);
            await office.Db.SaveChangesAsync();
            var texts = Written.Texts(one.Title);
            change(texts);
            one.Edit(Written.Answers(inquiry, texts), inquiry, one.Version, "web", office.Respondent, office.Now);
            office.Submit(inquiry, await office.CasesAsync(inquiry)).Approve(office.Approver, office.Now);
            inquiry.Accept(office.Coordinator, office.Now);
            await office.Db.SaveChangesAsync();
        }

        public string PublicText(int no, string file) => File.ReadAllText(office.Shelf.PublicFile("ps", Office.Year, no, file)!);

        public async Task<IReadOnlyList<string>> VerifyAsync()
        {
            await using var db = office.OpenAnother();
            var wrong = new List<string>();
            foreach (var revision in await db.Revisions.AsNoTracking().ToListAsync())
            {
                wrong.AddRange(await Manifest.VerifyAsync(office.Shelf.FolderOf(revision), revision.ManifestHash));
                wrong.AddRange(await EditionRecords.VerifyAsync(db, revision, office.Shelf));
            }
            return wrong;
        }
    }

    public static Task WriteFiles(RevisionDraft draft, string folder) => EditionFiles.WriteAsync(draft, folder);

    public static Task WriteFiles(RevisionDraft draft, string folder, bool withPdf) => EditionFiles.WriteAsync(draft, folder);
}
