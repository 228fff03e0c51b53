using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Hosting;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: so do its records.</summary>
public static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous();
        app.MapGet("/readyz", async (AppDb db, CancellationToken stop) =>
            await db.Database.CanConnectAsync(stop) ? Results.Text("ready") : Results.StatusCode(StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
    }
}
