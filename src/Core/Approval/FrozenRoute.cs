using Kyodo.Common;

namespace Kyodo.Approval;

/// <summary>
/// A route as a request keeps it from its submission on: the persons as they then were. <paramref name="Barred"/> wrote what is to be approved
/// (the last version of a case) and decide nothing of it.
/// </summary>
public sealed record FrozenRoute(IReadOnlyList<FrozenStep> Steps, IReadOnlyList<long> Barred)
{
    /// <summary>Why nobody could bring this to its end, and who can help; null when every step has somebody who may.</summary>
    public string? WhyNobody(string unit, string officer) => Steps.FirstOrDefault(step => step.Able(Barred).Count == 0) is { } empty
        ? (empty.People.Count == 0
            ? $"決裁ルートの「{empty.Name}」に決裁者が登録されていないため、{unit}からは提出できません。"
            : $"決裁ルートの「{empty.Name}」には、この回答を書いたり提出したりする人（{string.Join("・", empty.People.Select(p => p.Name))}）しかいません。自分の回答は自分では決裁できないため、ほかの人が提出してください。")
          + $"困ったときは、協働の担当課（{officer}）か管理者に連絡してください。"
        : null;
}

/// <summary>
/// One step of a frozen route. Where it belongs to a unit (<paramref name="UnitId"/>), whoever is its approver on the day decides, so that a
/// transfer does not stop the request; <paramref name="People"/> are those of the day of submission.
/// </summary>
public sealed record FrozenStep(string Name, long? UnitId, IReadOnlyList<Seated> People, IReadOnlyList<Seated> Deputies, bool NeedsAll)
{
    public bool Has(Actor by) => UnitId is { } unit ? by.Is(Role.Approver, unit) : People.Any(p => p.Id == by.PersonId);

    /// <summary>The absent people for whom somebody sits here, where they have no seat of their own; empty where they have one.</summary>
    public IReadOnlyList<Absentee> ActsFor(Actor by)
    {
        var seats = UnitId is { } unit ? by.Duties.Where(duty => duty.Role is Role.Approver && duty.UnitId == unit).ToList() : [];
        return seats.TrueForAll(seat => seat.For is not null) ? [.. seats.Select(seat => seat.For!)] : [];
    }

    public bool HasDeputy(Actor by) => Deputies.Any(p => p.Id == by.PersonId);

    public IReadOnlyList<Seated> Able(IReadOnlyCollection<long> barred) => [.. People.Where(p => !barred.Contains(p.Id))];
}

public sealed record Seated(long Id, string Name);
