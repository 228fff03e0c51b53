using System.Collections.Concurrent;

namespace Kyodo.Storage;

/// <summary>A compiled query belongs to the model it first met, and each engine has its own: one is compiled for each.</summary>
public sealed class QueryPerEngine<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConcurrentDictionary<Type, TQuery> _compiled = new();

    public TQuery For(AppDb db) => _compiled.GetOrAdd(db.GetType(), _ => compile());
}
