using System.Globalization;
using System.Text;
using Kyodo.Common;

namespace Kyodo.Search;

/// <summary>What a folded character is; neighbours of one run are looked for together.</summary>
internal enum Script : byte
{
    /// <summary>It separates.</summary>
    None,

    /// <summary>A Latin letter or a digit: its run is one word.</summary>
    Latin,

    Kanji,

    Katakana,

    /// <summary>Mostly grammar: queries leave pairs of it out where they have anything better.</summary>
    Hiragana,
}

/// <summary>
/// A text as it is compared: NFKC in lower case, and what people write in two ways in one: ボランテイア is ボランティア and ぼらんてぃあ,
/// 國 is 国, サーバ is サーバー, 1,000 is 1000. Index, query and highlight read text by this one rule. Each character knows its place in the
/// text as written. Made to be used again: one for a thread.
/// </summary>
internal sealed class FoldedText
{
    // Folded once for each character of the first plane that is one character folded; 0: not asked yet, 1: it takes the long way.
    private static readonly ushort[] Folds = new ushort[char.MaxValue + 1];
    private static readonly byte[] Scripts = new byte[char.MaxValue + 1];

    private const ushort LongWay = 1;
    private const ushort Separates = 2;
    private const ushort Mark = 3;

    private char[] _chars = new char[256];
    private Script[] _scripts = new Script[256];
    private int[] _starts = new int[256];
    private int[] _ends = new int[256];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    public ReadOnlySpan<Script> ScriptsOf => _scripts.AsSpan(0, Length);

    /// <summary>Where the character begins in the text as written.</summary>
    public int Start(int place) => _starts[place];

    public int End(int place) => _ends[place];

    public static FoldedText Of(string? text) => new FoldedText().Read(text);

    public FoldedText Read(string? text)
    {
        Length = 0;
        text ??= "";
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var fold = Folds[c] is 0 ? Learn(c) : Folds[c];
            var isMarked = i + 1 < text.Length && text[i + 1] >= '\u0300' && (Folds[text[i + 1]] is 0 ? Learn(text[i + 1]) : Folds[text[i + 1]]) == Mark;
            if (fold > Mark && !isMarked)
            {
                Add((char)fold, (Script)Scripts[c], i, ++i);
                continue;
            }
            if (c == '・' || (c == ',' && IsDigit(text, i - 1) && IsDigit(text, i + 1)))
            {
                // ロード・クリーン and ロードクリーン are one word to whoever types it.
                i++;
                continue;
            }
            if (fold == Separates && !isMarked)
            {
                Add(' ', Script.None, i, ++i);
                continue;
            }
            var end = i + 1;
            if (char.IsHighSurrogate(c) && end < text.Length && char.IsLowSurrogate(text[end]))
                end++;
            while (end < text.Length && Folds[text[end]] is var next && (next is 0 ? Learn(text[end]) : next) == Mark)
                end++;
            AddLong(text[i..end], i, end);
            i = end;
        }
        DropLongVowel();
        return this;
    }

    private static bool IsDigit(string text, int place) => place >= 0 && place < text.Length && char.IsDigit(text[place]);

    private void AddLong(string piece, int start, int end)
    {
        var any = false;
        foreach (var rune in TextForms.Fold(piece).ToLowerInvariant().EnumerateRunes())
        {
            any = true;
            if (!Rune.IsLetterOrDigit(rune))
                Add(' ', Script.None, start, end);
            else if (rune.IsBmp)
                Add(Same((char)rune.Value), ScriptOf((char)rune.Value), start, end);
            else
            {
                // Both halves stand in the index, as a pair like any other.
                foreach (var half in rune.ToString())
                    Add(half, Script.Kanji, start, end);
            }
        }
        if (!any)
            Add(' ', Script.None, start, end);
    }

    private void Add(char c, Script script, int start, int end)
    {
        if (c == 'ー' && Length > 0 && _scripts[Length - 1] is Script.Hiragana)
            script = Script.Hiragana;
        if (script != Script.Katakana)
            DropLongVowel();
        if (Length == _chars.Length)
        {
            Array.Resize(ref _chars, Length * 2);
            Array.Resize(ref _scripts, Length * 2);
            Array.Resize(ref _starts, Length * 2);
            Array.Resize(ref _ends, Length * 2);
        }
        (_chars[Length], _scripts[Length], _starts[Length], _ends[Length]) = (c, script, start, end);
        Length++;
    }

    // サーバー is サーバ, as technical writing has it; ビル and ビール stay two words.
    private void DropLongVowel()
    {
        if (Length < 4 || _chars[Length - 1] != 'ー' || _scripts[Length - 1] != Script.Katakana)
            return;
        for (var i = Length - 4; i < Length - 1; i++)
        {
            if (_scripts[i] != Script.Katakana)
                return;
        }
        Length--;
        _ends[Length - 1] = _ends[Length];
    }

    private static ushort Learn(char c)
    {
        var (fold, script) = Work(c);
        Scripts[c] = (byte)script;
        return Folds[c] = fold;
    }

    private static (ushort Fold, Script Script) Work(char c)
    {
        if (char.IsSurrogate(c) || c is '・' or ',')
            return (LongWay, Script.None);
        if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark || c is 'ﾞ' or 'ﾟ' or '゛' or '゜')
            return (Mark, Script.None);
        if (TextForms.Fold(c.ToString()).ToLowerInvariant() is not [var folded])
            return (TextForms.Fold(c.ToString()).Length == 0 ? Separates : LongWay, Script.None);
        return char.IsLetterOrDigit(folded) ? (Same(folded), ScriptOf(folded)) : (Separates, Script.None);
    }

    private static Script ScriptOf(char c) => c switch
    {
        < '\u2E80' => Script.Latin,
        >= 'ぁ' and <= 'ゟ' => Script.Hiragana,
        >= '゠' and <= 'ヿ' => Script.Katakana,
        _ => Script.Kanji,
    };

    private static char Same(char c) => c switch
    {
        'ヴ' or 'ゔ' => 'ぶ',
        'ヵ' or 'ヶ' or 'ゕ' or 'ゖ' => c is 'ヵ' or 'ゕ' ? 'か' : 'け',
        >= 'ァ' and <= 'ヶ' => Large((char)(c - 'ァ' + 'ぁ')),
        >= 'ぁ' and <= 'ゖ' => Large(c),
        _ => OldForms.TryGetValue(c, out var today) ? today : c,
    };

    private static char Large(char kana) => kana is 'ぁ' or 'ぃ' or 'ぅ' or 'ぇ' or 'ぉ' or 'っ' or 'ゃ' or 'ゅ' or 'ょ' or 'ゎ' ? (char)(kana + 1) : kana;

    internal static readonly Dictionary<char, char> OldForms = ReadOldForms(
        "亞亜惡悪壓圧圍囲醫医爲為壹壱隱隠榮栄營営衞衛驛駅圓円鹽塩緣縁艷艶應応歐欧毆殴櫻桜奧奥橫横溫温穩穏假仮價価畫画會会懷懐繪絵擴拡覺覚學学嶽岳樂楽勸勧卷巻寬寛歡歓罐缶觀観關関陷陥巖巌顏顔歸帰氣気龜亀僞偽戲戯犧犠舊旧據拠擧挙峽峡挾挟狹狭鄕郷堯尭曉暁區区驅駆勳勲薰薫徑径惠恵溪渓經経繼継莖茎螢蛍輕軽鷄鶏藝芸擊撃缺欠儉倹劍剣圈圏檢検權権獻献縣県險険顯顕驗験嚴厳效効廣広恆恒鑛鉱號号國国濟済碎砕齋斎劑剤櫻桜册冊殺殺雜雑參参慘惨棧桟蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実寫写釋釈壽寿收収從従澁渋獸獣縱縦肅粛處処緖緒敍叙奬奨將将燒焼稱称證証乘乗剩剰壤壌孃嬢條条淨浄疊畳穰穣讓譲釀醸觸触寢寝愼慎晉晋眞真盡尽圖図粹粋醉酔隨随髓髄數数樞枢聲声靜静齊斉攝摂竊窃專専戰戦淺浅潛潜纖繊踐践錢銭禪禅雙双壯壮搜捜插挿爭争總総聰聡莊荘裝装騷騒增増臟臓藏蔵屬属續続墮堕體体對対帶帯滯滞臺台瀧滝擇択澤沢單単擔担膽胆團団彈弾斷断癡痴遲遅晝昼蟲虫鑄鋳廳庁聽聴敕勅鎭鎮塚塚遞逓鐵鉄轉転點点傳伝黨党盜盗燈灯當当鬪闘德徳獨独讀読屆届繩縄貳弐惱悩腦脳霸覇廢廃拜拝賣売麥麦發発髮髪拔抜蠻蛮祕秘濱浜甁瓶拂払佛仏竝並變変邊辺邉辺辨弁瓣弁辯弁舖舗穗穂寶宝萠萌豐豊沒没滿満默黙餠餅彌弥藥薬譯訳豫予餘余與与譽誉搖揺樣様謠謡遙遥瑤瑶來来賴頼亂乱覽覧龍竜兩両獵猟綠緑壘塁勵励禮礼隸隷靈霊齡齢戀恋爐炉勞労樓楼祿禄灣湾髙高﨑崎嶋島嶌島冨富桒桑槇槙檜桧籔薮藪薮");

    private static Dictionary<char, char> ReadOldForms(string pairs)
    {
        var forms = new Dictionary<char, char>();
        for (var i = 0; i + 1 < pairs.Length; i += 2)
            forms.TryAdd(pairs[i], pairs[i + 1]);
        return forms;
    }
}
