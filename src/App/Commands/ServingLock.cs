using Kyodo.Common;

namespace Kyodo.App.Commands;

/// <summary>A data folder that is being served is known by a file held open; <c>demo</c> and <c>restore</c> replace it and so refuse.</summary>
internal static class ServingLock
{
    private const string Name = "serving.lock";

    /// <summary>Several processes may serve one folder; each holds the file for reading.</summary>
    public static IDisposable Hold(string folder)
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
    }

    public static void RefuseIfServing(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return;
        try
        {
            using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new Refusal(Words.Say(
                $"{folder} はいま動いているプログラムが使っています。止めてから実行してください。",
                $"{folder} is being served by a running program. Stop it first."));
        }
    }
}
