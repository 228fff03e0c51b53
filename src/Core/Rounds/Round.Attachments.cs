using Kyodo.Common;

namespace Kyodo.Rounds;

public sealed partial class Round
{
    private const int MostAttachments = 10;

    public List<RoundAttachment> Attachments { get; } = [];

    public string? WhyNotAttach(Actor by) =>
        WhyNotChange(by) ?? (Attachments.Count >= MostAttachments ? $"添付は{MostAttachments}個までです。" : null);

    internal void Attach(RoundAttachment attachment, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotAttach(by));
        if (Attachments.Exists(one => one.Name == attachment.Name))
            throw new Refusal($"「{attachment.Name}」はもう添付しています。差し替えるときは、先に外してください。");
        Attachments.Add(attachment);
        Happened(by, now, "round-attached", attachment.Name);
    }

    internal void TakeOver(RoundAttachment before, Actor by, DateTimeOffset now) => Attach(new RoundAttachment(before), by, now);

    public void Detach(RoundAttachment attachment, Actor by, DateTimeOffset now)
    {
        Refusal.If(WhyNotChange(by));
        if (Attachments.Remove(attachment))
            Happened(by, now, "round-detached", attachment.Name);
    }
}
