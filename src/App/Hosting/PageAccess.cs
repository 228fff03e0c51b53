using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Hosting;

/// <summary>Who may open which folder of pages: a page moved into a folder gets the folder's guard.</summary>
public static class PageAccess
{
    public static void Apply(RazorPagesOptions options)
    {
        options.RootDirectory = "/Pages";
        var pages = options.Conventions;
        pages.AllowAnonymousToFolder("/Portal");
        pages.AddFolderRouteModelConvention("/Portal", AlsoInEnglish);
        pages.AllowAnonymousToFolder("/Voice");
        pages.AddFolderRouteModelConvention("/Voice", AlsoInEnglish);
        pages.AllowAnonymousToFolder("/Account");
        pages.AllowAnonymousToFolder("/Errors");
        pages.AllowAnonymousToFolder("/PartnerDoor");
        pages.AuthorizeFolder("/Partner", Access.Partner);
        pages.AuthorizeFolder("/Staff/Year", Access.Staff);
        pages.AuthorizeFolder("/Staff/Organizations", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Rounds", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Cases", Access.Answering);
        pages.AuthorizeFolder("/Staff/Approval", Access.Approving);
        pages.AuthorizeFolder("/Staff/Routes", Access.Routing);
        pages.AuthorizeFolder("/Staff/Compilation", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Editions", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Casebook", Access.Staff);
        pages.AuthorizeFolder("/Staff/Readings", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Voices", Access.Answering);
        pages.AuthorizeFolder("/Staff/Evaluation", Access.Answering);
        pages.AuthorizeFolder("/Staff/EvaluationDesk", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Selection", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Partners", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Nominations", Access.Answering);
        pages.AuthorizeFolder("/Staff/Jury", Access.Judging);
        pages.AuthorizeFolder("/Staff/Projects", Access.Staff);
        pages.AuthorizeFolder("/Staff/Training", Access.Staff);
        pages.AuthorizeFolder("/Staff/Statistics", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Programmes", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Mails", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Audit", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Meetings", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/Federation", Access.Overseeing);
        pages.AuthorizeFolder("/Staff/People", Access.Administering);
        foreach (var folder in new[] { "/Staff/Rounds", "/Staff/Compilation", "/Staff/Editions", "/Staff/Programmes", "/Staff/Audit", "/Staff/Projects", "/Staff/EvaluationDesk", "/Staff/Selection", "/Staff/Partners", "/Staff/Meetings" })
            WritingAccess.ForFolder(pages, folder, Access.Coordinating);
        WritingAccess.ForFolder(pages, "/Staff/Organizations", Access.Administering);
        WritingAccess.ForFolder(pages, "/Staff/Federation", Access.Federating);
        WritingAccess.ForFolder(pages, "/Staff/People", Access.Administering);
        WritingAccess.ForFolder(pages, "/Staff/Mails", Access.Mailing);
        WritingAccess.ForFolder(pages, "/Staff/Cases", Access.Replying);
        WritingAccess.ForFolder(pages, "/Staff/Approval", Access.Deciding);
        WritingAccess.ForFolder(pages, "/Staff/Voices", Access.Handling);
        WritingAccess.ForFolder(pages, "/Staff/Evaluation", Access.Handling);
        WritingAccess.ForFolder(pages, "/Staff/Nominations", Access.Replying);
        pages.ConfigureFilter(_ => new Microsoft.AspNetCore.Mvc.AutoValidateAntiforgeryTokenAttribute());
    }

    // Each public page stands under /en too, with English words around the same content.
    private static void AlsoInEnglish(PageRouteModel page)
    {
        foreach (var selector in page.Selectors.ToList())
        {
            page.Selectors.Add(new SelectorModel(selector)
            {
                AttributeRouteModel = new AttributeRouteModel { Template = AttributeRouteModel.CombineTemplates("en", selector.AttributeRouteModel!.Template!.TrimStart('/')) },
            });
        }
    }
}
