using Kyodo.Cases;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Questions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Cases;

/// <summary>A photo is handed in with the form as it is typed: one button saves both. Order, words and taking out are fields like any other.</summary>
public sealed partial class EditModel
{
    public async Task<IActionResult> OnPostPhotoAsync(IFormFile? photo, [FromServices] PhotoStore store)
    {
        if (!await FindAsync() || !ReadForm())
            return NotFound();
        if (IsStale)
            return await StaleAsync();
        if (Form.Problems.Count > 0)
            return Redrawn(StatusCodes.Status422UnprocessableEntity, $"直すところが{Form.Problems.Count}か所あります。直してから、写真をもう一度選んでください。");
        if (IsNew && Form.Answers.Text("title").Length == 0)
            return Redrawn(StatusCodes.Status422UnprocessableEntity, "事業名を書いてから、写真を加えてください。");
        if (await WhyNotSaveAsync() is { } why)
            return Redrawn(StatusCodes.Status422UnprocessableEntity, why);
        if (Questions.FirstOrDefault(q => q.AnswerType is FileType) is not { } question)
            return NotFound();
        try
        {
            // Read before the records are touched: decoding takes its time.
            var read = await PhotoReader.ReadAsync(await BytesAsync(photo));
            Form = Form.With(question, Form.Answers.With(question.Key, FileType.With(Form.Answers[question.Key], read.Id, read.Width, read.Height)));
            await Db.KeepPhotoAsync(store, read, Me, Now);
            await SaveAsync("web");
        }
        catch (Refusal refusal)
        {
            return Redrawn(StatusCodes.Status422UnprocessableEntity, refusal.Message);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            if (!await FindAsync() || !ReadForm())
                return NotFound();
            return await StaleAsync();
        }
        Done = "写真を加えました。代替テキストと権利を書いてください。";
        return LocalRedirect($"{Address}/{Case!.Id}#q-{question.Key}");
    }

    // Nothing larger is read into memory; what is too large is told by its length.
    private static async Task<byte[]> BytesAsync(IFormFile? photo)
    {
        if (photo is null)
            return [];
        if (photo.Length > PhotoReader.MostBytes)
            throw new Refusal($"写真は{PhotoReader.MostBytes >> 20}MBまでです（このファイルは{photo.Length / 1048576.0:0.0}MB）。小さくしてから加えてください。");
        using var bytes = new MemoryStream((int)photo.Length);
        await photo.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
