using Kyodo.Common;

namespace Kyodo.Core.Tests.World;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class Clock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public void MoveTo(DateOnly day, int hour = 10) => Now = JapanTime.At(day, hour);
}
