using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Kyodo.Search;

/// <summary>The named parts of an index file, at the end of which stands where each of them is.</summary>
internal sealed class IndexSectionsWriter(Stream file) : IDisposable
{
    private readonly Dictionary<string, long[]> _places = new(StringComparer.Ordinal);

    public long Position => file.Position;

    /// <summary>Begins a part: what is written to the stream until the next one begins is it.</summary>
    public Stream Begin(string name)
    {
        End();
        while (file.Position % 8 != 0)
            file.WriteByte(0);
        _places[name] = [file.Position, -1];
        return file;
    }

    public void Write<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged => Begin(name).Write(MemoryMarshal.AsBytes(values));

    /// <summary>The last word of a file that is whole: who finds it may read the rest.</summary>
    public void Finish()
    {
        End();
        var directory = JsonSerializer.SerializeToUtf8Bytes(_places);
        file.Write(directory);
        file.Write(BitConverter.GetBytes(directory.Length));
        file.Write("KYODO-SEARCH"u8);
        file.Flush();
    }

    public void Dispose() => file.Dispose();

    private void End()
    {
        foreach (var place in _places.Values)
        {
            if (place[1] < 0)
                place[1] = file.Position - place[0];
        }
    }
}

/// <summary>
/// An index file as memory: the system reads what is asked for and forgets what is not, so that a large index costs the program no memory of
/// its own. It stays whole while it is used, even when a newer file has taken its name.
/// </summary>
internal sealed unsafe class IndexSections : IDisposable
{
    private const int TailLength = 16;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly Dictionary<string, long[]> _places;

    /// <exception cref="InvalidDataException">The file is no index or was not finished.</exception>
    public IndexSections(string path)
    {
        var length = new FileInfo(path).Length;
        if (length <= TailLength)
            throw new InvalidDataException(path);
        _file = MemoryMappedFile.CreateFromFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        // The handle lets the memory go when nobody holds this any more: whoever reads keeps it alive until the end of the reading.
        _start = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle();
        var tail = new ReadOnlySpan<byte>(_start + length - TailLength, TailLength);
        var directory = BitConverter.ToInt32(tail);
        if (!tail[4..].SequenceEqual("KYODO-SEARCH"u8) || directory < 0 || directory > length - TailLength)
            throw new InvalidDataException(path);
        _places = JsonSerializer.Deserialize<Dictionary<string, long[]>>(new ReadOnlySpan<byte>(_start + length - TailLength - directory, directory))!;
    }

    public ReadOnlySpan<T> Of<T>(string name)
        where T : unmanaged => new(_start + _places[name][0], checked((int)(_places[name][1] / sizeof(T))));

    /// <summary>A piece of a part that may be larger than a span can be.</summary>
    public ReadOnlySpan<byte> Piece(string name, long from, long to) => new(_start + _places[name][0] + from, checked((int)(to - from)));

    public string Text(string name) => Encoding.UTF8.GetString(Of<byte>(name));

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
