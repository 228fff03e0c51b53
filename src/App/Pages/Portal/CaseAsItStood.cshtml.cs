using Kyodo.Editions;
using Kyodo.Search;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Portal;

/// <summary>A case as one revision holds it: what a citation names.</summary>
public sealed class CaseAsItStoodModel(AppDb db, SearchIndex index, ReleasedCases released) : CaseModel(db, index, released);
