using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.App.Pages.Portal;

/// <summary>The paths of public pages, without the language.</summary>
public static class Addresses
{
    public static string Case(string id) => $"/cases/{id}";

    public static string Case(Search.CaseCard card) => card.Path;

    public static string Government(string code) => $"/g/{code}";

    public static string Edition(Federation.FederatedEdition edition) => $"/g/{edition.Government.Code}/editions/{edition.ProgrammeKey}/{edition.Year}";

    public static string Case(Federation.FederatedEdition edition, string id) => $"{Edition(edition)}/cases/{id}";

    public static string CaseAt(Revision revision, string id) => $"{Revision(revision)}/cases/{id}";

    public static string Edition(string programme, FiscalYear year) => $"/editions/{programme}/{year}";

    public static string Revision(Revision revision) => $"{Edition(revision.ProgrammeKey, revision.Year)}/r{revision.No}";

    public static string Form(string programme, FiscalYear year, int no) => $"{Edition(programme, year)}/forms/{no}";

    public static string Facet(string programme, FiscalYear year, string facet, string value) => $"{Edition(programme, year)}/{facet}/{Uri.EscapeDataString(value)}";

    public static string Partner(string id) => $"/partners/{id}";
}
