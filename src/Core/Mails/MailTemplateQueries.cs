using Kyodo.Common;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Mails;

public static class MailTemplateQueries
{
    /// <summary>The text of a kind in a round: the round's own, else the one for all rounds, else the default.</summary>
    public static async Task<MailText> TextOfAsync(this DbSet<MailTemplate> templates, MailKind kind, long? roundId, CancellationToken stop = default)
    {
        var (own, all) = (MailTemplate.KeyOf(kind, roundId), MailTemplate.KeyOf(kind, null));
        var found = await templates.AsNoTracking().Where(t => t.Key == own || t.Key == all).ToListAsync(stop);
        return (found.Find(t => t.Key == own) ?? found.FirstOrDefault())?.Text ?? MailKinds.DefaultOf(kind);
    }
}
