using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Hosting;

/// <summary>Whose site this is, and under which address it is known: what the public pages say of themselves.</summary>
public sealed class Publisher(Database database, IConfiguration configuration)
{
    private string? _name;

    /// <summary>The address that readers know, without a last slash; null where the operator has not said it.</summary>
    public string? Address => configuration["Kyodo:PublicUrl"]?.TrimEnd('/') is { Length: > 0 } address ? address : null;

    /// <summary>Where to write about a weakness found: a mailto: or https: address.</summary>
    public string? SecurityContact => configuration["Kyodo:SecurityContact"];

    /// <summary>The government's name; null before it is known.</summary>
    public async ValueTask<string?> NameAsync(CancellationToken stop = default)
    {
        if (_name is not null)
            return _name;
        await using var db = database.Open();
        var code = await db.HomeCodeAsync(stop);
        return _name = code.Length == 0 ? null : await db.Governments.Where(g => g.Code == code).Select(g => g.Name).FirstOrDefaultAsync(stop);
    }
}
