namespace Kyodo.Editions.Files;

/// <summary>Under which terms everybody may use what is published.</summary>
public static class EditionLicence
{
    public const string Name = "CC BY 4.0";

    public const string Address = "https://creativecommons.org/licenses/by/4.0/deed.ja";

    /// <summary>The licence itself, as data name it.</summary>
    public const string Iri = "https://creativecommons.org/licenses/by/4.0/";
}
