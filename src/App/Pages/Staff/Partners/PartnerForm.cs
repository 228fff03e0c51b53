using Kyodo.Partners;

namespace Kyodo.App.Pages.Staff.Partners;

/// <summary>The fields of a partner's form; nothing of it is bound to a record.</summary>
public sealed class PartnerForm
{
    public string? Name { get; set; }

    public string? Kind { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    public string? Reading { get; set; }

    public string? Municipality { get; set; }

    public static PartnerForm Of(Kyodo.Partners.Partner partner) => new()
    {
        Name = partner.Name,
        Kind = partner.Kind,
        Number = partner.CorporateNumber,
        Branch = partner.Branch,
        Reading = partner.Reading,
        Municipality = partner.Municipality,
    };

    public PartnerEntry Entry => new(Name ?? "", Kind ?? "", Number, Branch, Reading, Municipality);
}

/// <summary>The form with what was wrong in it.</summary>
public sealed record PartnerFields(PartnerForm Form, Func<string, string?> WrongIn);
