using System.Globalization;
using Cake.Core;

namespace Cake.Frosting.Tests.Running;

internal sealed class RecordingConsole(TextWriter screen, TextWriter errors) : IConsole
{
    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => screen.Write(Format(format, arg));

    public void Write(string value) => screen.Write(value);

    public void WriteLine(string format, params object[] arg) => screen.WriteLine(Format(format, arg));

    public void WriteLine(string value) => screen.WriteLine(value);

    public void WriteError(string format, params object[] arg) => errors.Write(Format(format, arg));

    public void WriteError(string value) => errors.Write(value);

    public void WriteErrorLine(string format, params object[] arg) => errors.WriteLine(Format(format, arg));

    public void WriteErrorLine(string value) => errors.WriteLine(value);

    public void ResetColor()
    {
    }

    private static string Format(string format, object[] arg) => string.Format(CultureInfo.InvariantCulture, format, arg);
}
