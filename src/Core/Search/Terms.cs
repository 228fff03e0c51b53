namespace Kyodo.Search;

internal enum TermKind : byte
{
    /// <summary>A run of Latin letters or digits, whole.</summary>
    Word,

    /// <summary>Two neighbouring Japanese characters.</summary>
    Pair,

    /// <summary>The last character of a Japanese run, so that a single character is found by the pairs that begin with it and by this.</summary>
    Tail,
}

/// <summary>
/// Japanese has no spaces: a folded text is found by its pairs of neighbouring characters (東京都 → 東京, 京都), Latin words and numbers whole.
/// Goes through them without making a string of any.
/// </summary>
internal ref struct Terms(FoldedText text)
{
    private readonly ReadOnlySpan<char> _chars = text.Chars;
    private readonly ReadOnlySpan<Script> _scripts = text.ScriptsOf;
    private int _next;

    public TermKind Kind { get; private set; }

    /// <summary>Where it begins in the folded text, and how many characters it takes.</summary>
    public int Place { get; private set; }

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Text => _chars.Slice(Place, Length);

    /// <summary>A pair or a tail as a number: the characters that begin with one character stand together, the tail first.</summary>
    public readonly uint Key => KeyOf(_chars[Place], Length > 1 ? _chars[Place + 1] : '\0');

    /// <summary>A pair of hiragana is mostly grammar.</summary>
    public readonly bool IsHiragana => Kind != TermKind.Word && _scripts[Place] is Script.Hiragana && _scripts[Place + Length - 1] is Script.Hiragana;

    /// <summary>に清: the end of one word and the beginning of another.</summary>
    public readonly bool IsMixed => Kind is TermKind.Pair && (_scripts[Place] is Script.Hiragana) != (_scripts[Place + 1] is Script.Hiragana);

    public static uint KeyOf(char first, char second) => ((uint)first << 16) | second;

    public bool MoveNext()
    {
        while (_next < _chars.Length && _scripts[_next] is Script.None)
            _next++;
        if (_next >= _chars.Length)
            return false;
        Place = _next;
        if (_scripts[_next] is Script.Latin)
        {
            while (_next < _chars.Length && _scripts[_next] is Script.Latin)
                _next++;
            (Kind, Length) = (TermKind.Word, _next - Place);
            return true;
        }
        _next++;
        var goesOn = _next < _chars.Length && _scripts[_next] > Script.Latin;
        (Kind, Length) = goesOn ? (TermKind.Pair, 2) : (TermKind.Tail, 1);
        return true;
    }
}
