using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Pages.Staff;

/// <summary>
/// A staff page: who looks at it and when, and how it answers. A GET shows, a POST calls one verb and leads back with a word on what was
/// done; a refused POST draws the page again with what was typed.
/// </summary>
public abstract class StaffPage(AppDb db, TimeProvider clock) : PageModel, IRedrawsOnRefusal
{
    public Refusal? Refusal { get; set; }

    /// <summary>What the POST before this GET has done.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>What the refusal says of one field of the form.</summary>
    public string? WrongIn(string field) => Refusal?.Problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    public Actor Me => User.Actor();

    public bool MayCoordinate => Me.Is(Role.Coordinator);

    public DateOnly Today => Now.DayInJapan();

    protected AppDb Db => db;

    protected DateTimeOffset Now => clock.GetUtcNow();

    public abstract Task LoadAsync();

    // What a refused verb has half changed in memory must not be drawn.
    Task IRedrawsOnRefusal.LoadAsync()
    {
        db.ChangeTracker.Clear();
        return LoadAsync();
    }

    protected IActionResult DoneAt(string path, string words)
    {
        Done = words;
        return LocalRedirect(path);
    }

    /// <summary>What was written beside single answers, by <see cref="Kyodo.Cases.FieldComment.FieldName"/>.</summary>
    protected IReadOnlyDictionary<string, string> TypedComments => base.Request.HasFormContentType
        ? base.Request.Form.Where(typed => typed.Key.StartsWith("comment.", StringComparison.Ordinal) && typed.Value.ToString().Length > 0).ToDictionary(typed => typed.Key, typed => typed.Value.ToString(), StringComparer.Ordinal)
        : new Dictionary<string, string>();

    /// <summary>The version that the form was drawn from: saving on a newer record answers 409.</summary>
    protected void Expect(Record record, long seenVersion) => db.Entry(record).Property(r => r.RowVersion).OriginalValue = seenVersion;
}
