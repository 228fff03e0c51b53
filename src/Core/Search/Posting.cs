namespace Kyodo.Search;

internal enum Field
{
    Title,
    Summary,
    Rest,
}

/// <summary>How many terms each field of a case holds.</summary>
internal readonly record struct FieldLengths(int Title, int Summary, int Rest);

/// <summary>
/// The cases that hold a term, while the index is written: for each the distance to the one before and how often its fields hold the term, the
/// counts in one byte (3, 3 and 15 at most: more says no more).
/// </summary>
internal sealed class Posting
{
    private byte[] _bytes = new byte[8];
    private int _length;
    private int _row = -1;
    private int _writtenRow = -1;
    private byte _counts;

    public int Count { get; private set; }

    public void Note(int row, Field field)
    {
        if (row != _row)
        {
            Close();
            (_row, _counts) = (row, 0);
            Count++;
        }
        var (shift, most) = field switch { Field.Title => (6, 3), Field.Summary => (4, 3), _ => (0, 15) };
        if (((_counts >> shift) & most) < most)
            _counts += (byte)(1 << shift);
    }

    /// <summary>Writes distance and weight of each case. Weights are 1 to 255.</summary>
    public void WriteTo(Stream postings, Func<int, int, int, int, byte> weigh)
    {
        Close();
        _row = -1;
        var row = -1;
        for (var i = 0; i < _length;)
        {
            var (distance, shift) = (0, 0);
            byte part;
            do
            {
                part = _bytes[i++];
                postings.WriteByte(part);
                distance |= (part & 127) << shift;
                shift += 7;
            }
            while (part > 127);
            row += distance;
            var counts = _bytes[i++];
            postings.WriteByte(weigh(row, counts >> 6, (counts >> 4) & 3, counts & 15));
        }
        _bytes = [];
    }

    private void Close()
    {
        if (_row < 0)
            return;
        if (_length + 6 > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_length + 6, _bytes.Length * 3 / 2));
        var distance = _row - _writtenRow;
        for (; distance > 127; distance >>= 7)
            _bytes[_length++] = (byte)(distance | 128);
        _bytes[_length++] = (byte)distance;
        _bytes[_length++] = _counts;
        _writtenRow = _row;
    }
}
