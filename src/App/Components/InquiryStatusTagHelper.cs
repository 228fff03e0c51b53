using System.Collections.Concurrent;
using Kyodo.Rounds;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Kyodo.App.Components;

/// <summary><c>&lt;inquiry-status of="..." nil="..." late="..." /&gt;</c>: an inquiry's state as a word, a shape and a colour.</summary>
[HtmlTargetElement("inquiry-status", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class InquiryStatusTagHelper : TagHelper
{
    private static readonly ConcurrentDictionary<(InquiryStatus Status, bool Nil, bool Late), IHtmlContent> Written = new();

    public InquiryStatus Of { get; set; }

    public bool Nil { get; set; }

    public bool Late { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.Clear();
        Say(output, ClassOf(Of), InquiryStates.Name(Of));
        if (Nil)
            AlsoSay(output, "nil", "該当なし");
        if (Late)
            AlsoSay(output, "overdue", "期限超過");
    }

    /// <summary>The same marks for a page of many rows: written once, for there are few.</summary>
    public static IHtmlContent Html(InquiryStatus status, bool nil, bool late) => Written.GetOrAdd((status, nil, late), static of =>
    {
        static string Mark(string name, string word) => $"<span class=\"status status-{name}\">{word}</span>";
        return new HtmlString(Mark(ClassOf(of.Status), InquiryStates.Name(of.Status)) + (of.Nil ? " " + Mark("nil", "該当なし") : "") + (of.Late ? " " + Mark("overdue", "期限超過") : ""));
    });

    public static string ClassOf(InquiryStatus status) => status switch
    {
        InquiryStatus.Received => "received",
        InquiryStatus.Answering => "answering",
        InquiryStatus.AwaitingApproval => "awaiting",
        InquiryStatus.AwaitingCheck => "checking",
        InquiryStatus.Returned => "returned",
        InquiryStatus.Answered => "answered",
        InquiryStatus.Accepted => "accepted",
        InquiryStatus.PassedOn => "passed-on",
        InquiryStatus.Withdrawn => "nil",
        _ => "not-started",
    };

    private static void Say(TagHelperOutput output, string name, string word)
    {
        output.Attributes.SetAttribute("class", $"status status-{name}");
        output.Content.Append(word);
    }

    private static void AlsoSay(TagHelperOutput output, string name, string word)
    {
        output.PostElement.AppendHtml($" <span class=\"status status-{name}\">");
        output.PostElement.Append(word);
        output.PostElement.AppendHtml("</span>");
    }
}
