using System.Text.Json;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Journals;

/// <summary>Masks what a journal's line says. What is acted on stays whole elsewhere, and the line gets a reference to it.</summary>
/// <param name="redactor">Tells what is secret.</param>
/// <param name="unmasked">Keeps the whole.</param>
/// <param name="refer">Makes a reference: the same for the same text, on every machine, and no way to try out guesses.</param>
internal sealed class Masking(Redactor redactor, Unmasked unmasked, Func<string, string> refer)
{
    /// <summary>For people alone.</summary>
    public string Clean(string text) => redactor.Clean(text);

    public IReadOnlyList<string> Clean(IEnumerable<string> texts) => [.. texts.Select(redactor.Clean)];

    /// <param name="text">To be acted on.</param>
    /// <param name="identity">By what it is known again; null for the text itself.</param>
    /// <returns>No reference for what holds no secret.</returns>
    public (string Shown, string? Reference) Mask(string text, string? identity = null) =>
        redactor.Clean(text) is var clean && clean == text ? (text, null) : (clean, Keep(text, identity ?? text));

    /// <inheritdoc cref="Mask(string, string?)"/>
    public (JsonElement Shown, string? Reference) Mask(JsonElement json)
    {
        var clean = redactor.Clean(json);
        return JsonElement.DeepEquals(clean, json) ? (json, null) : (clean, Keep(json.GetRawText(), json.GetRawText()));
    }

    /// <summary>Whether it is what a reference stands for.</summary>
    public bool IsReferredTo(JsonElement json, string reference) => refer(json.GetRawText()) == reference;

    private string Keep(string text, string identity)
    {
        var reference = refer(identity);
        unmasked.Keep(reference, text);
        return reference;
    }
}
