using System.CommandLine;
using Kyodo.Search;

namespace Kyodo.App.Commands;

/// <summary><c>search build</c>: builds the search index anew from the published editions.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var build = new Command("build", Words.Say("検索の索引を作り直す", "build the search index anew"));
        build.SetAction(async (parsed, stop) =>
        {
            using var index = new SearchIndex(await CommonOptions.ExistingAsync(parsed, stop));
            await index.BuildAsync(stop);
            Terminal.Finish(parsed, new { built = true }, Words.Say("索引を作り直しました。", "The index was built anew."));
            return 0;
        });
        return new Command("search", Words.Say("検索", "search")) { build };
    }
}
