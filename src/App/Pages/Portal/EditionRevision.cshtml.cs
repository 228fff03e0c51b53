using Kyodo.Editions;
using Kyodo.Storage;

namespace Kyodo.App.Pages.Portal;

public sealed class EditionRevisionModel(AppDb db, EditionShelf shelf) : EditionModel(db, shelf);
