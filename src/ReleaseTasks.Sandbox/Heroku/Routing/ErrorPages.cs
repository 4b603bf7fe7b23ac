using System.Net;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The pages that visitors see in place of the app. One of the app's own is framed, as Heroku does it.</summary>
internal static class ErrorPages
{
    public static Task NoSuchAppAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteAsync(context, "No such app", "There's nothing here, yet.", page: null);
    }

    public static Task WriteAsync(HttpContext context, RouterError error, string? page) =>
        error == RouterError.Maintenance
            ? WriteAsync(context, "Offline for Maintenance", "This application is undergoing maintenance right now. Please check back later.", page)
        : error == RouterError.BlankApp
            ? WriteAsync(context, "Welcome to your new app!", "Nothing has been deployed to it yet.", page: null)
            : WriteAsync(context, "Application error", "An error occurred in the application and your page could not be served.", page);

    private static async Task WriteAsync(HttpContext context, string title, string text, string? page)
    {
        var content = page is null ? $"<h1>{title}</h1><p>{text}</p>" : $"<iframe src=\"{WebUtility.HtmlEncode(page)}\"></iframe>";
        var html = $"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{content}</body></html>\n";
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }
}
