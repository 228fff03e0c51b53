using System.CommandLine;
using System.Text.Json;
using Kyodo.App.Hosting;
using Kyodo.Common;

namespace Kyodo.App.Commands;

/// <summary><c>routes</c>: every endpoint with who may use it.</summary>
internal static class RoutesCommand
{
    public static Command Create()
    {
        var command = new Command("routes", Words.Say("すべてのアドレスと、だれが使えるか", "every endpoint with its policy"));
        command.SetAction(async (parsed, _) =>
        {
            var folder = Directory.CreateTempSubdirectory("kyodo-routes").FullName;
            try
            {
                await using var app = WebHost.Build(new Storage.Database(folder, null), []);
                var endpoints = EndpointAccess.Of(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
                if (parsed.GetValue(CommonOptions.AsJson))
                    Console.WriteLine(JsonSerializer.Serialize(endpoints, Json.Plain));
                else
                {
                    foreach (var endpoint in endpoints)
                        Console.WriteLine($"{endpoint.Method,-6} {endpoint.Pattern,-60} {endpoint.Policy}");
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
            return 0;
        });
        return command;
    }
}
