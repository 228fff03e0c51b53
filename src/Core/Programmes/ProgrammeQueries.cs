using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Programmes;

public static class ProgrammeQueries
{
    extension(AppDb db)
    {
        public DbSet<Programme> Programmes => db.Set<Programme>();

        public DbSet<Questionnaire> Questionnaires => db.Set<Questionnaire>();
    }

    public static async Task<Programme> ProgrammeAsync(this AppDb db, string key, CancellationToken stop = default) =>
        await db.Programmes.Include(p => p.Forms).Include(p => p.Questionnaires).AsSplitQuery().FirstOrDefaultAsync(p => p.Key == key, stop)
        ?? throw new Refusal($"「{key}」という制度はありません。{string.Join("、", await db.Programmes.OrderBy(p => p.Order).Select(p => p.Key).ToListAsync(stop))} から選んでください。");
}
