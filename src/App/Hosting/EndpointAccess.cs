using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Kyodo.App.Hosting;

/// <summary>One endpoint as <c>kyodo routes</c> lists it.</summary>
public sealed record EndpointAccess(string Method, string Pattern, string Policy)
{
    /// <summary>Every endpoint with its one policy. Throws, naming them, when some have none or several.</summary>
    public static IReadOnlyList<EndpointAccess> Of(IEnumerable<Endpoint> endpoints)
    {
        var found = new List<EndpointAccess>();
        var wrong = new List<string>();
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            var isPublic = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).Distinct().ToList();
            if (isPublic ? policies.Count > 0 : policies is not [not null])
                wrong.Add($"{pattern} ({(isPublic ? "public and " : "")}{string.Join(", ", policies)})");
            var policy = isPublic ? Access.Public : policies.FirstOrDefault() ?? "";
            var writing = endpoint.Metadata.GetMetadata<WritingAccess>()?.Policy ?? policy;
            found.AddRange(Methods(endpoint).Select(method => new EndpointAccess(method, pattern, WritingAccess.IsSafe(method) ? policy : writing)));
        }
        if (wrong.Count > 0)
            throw new InvalidOperationException($"Endpoints must have exactly one policy or be public: {string.Join("; ", wrong)}");
        return [.. found.Distinct().OrderBy(e => e.Pattern, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal)];
    }

    // A page answers the methods it has handlers for.
    private static IEnumerable<string> Methods(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods)
            return methods;
        if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page)
            return page.HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant()).DefaultIfEmpty("GET").Distinct();
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            return ["GET", "POST"];
        return ["GET"];
    }
}
