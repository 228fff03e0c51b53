using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Meetings;

public static class MeetingQueries
{
    extension(AppDb db)
    {
        public DbSet<Meeting> Meetings => db.Set<Meeting>();

        public DbSet<Opinion> Opinions => db.Set<Opinion>();

        /// <summary>The meeting before one, with what was said there: the next pack begins with what became of it.</summary>
        public Task<Meeting?> MeetingBeforeAsync(Meeting meeting, CancellationToken stop = default) =>
            db.Set<Meeting>().AsNoTracking().Include(m => m.Opinions.OrderBy(o => o.Id)).ThenInclude(o => o.Unit).Where(m => m.On < meeting.On && m.Id != meeting.Id).OrderByDescending(m => m.On).ThenBy(m => m.Id).FirstOrDefaultAsync(stop);
    }
}
