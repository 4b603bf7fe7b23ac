using System.Text;
using System.Text.Json;

namespace ReleaseTasks.Journals;

/// <summary>
/// The append-only record of one roll-out, <c>.release/ROLL-OUT/journal.jsonl</c>: its only memory. A line is on the disk before
/// <see cref="Write"/> returns. One process at a time may have it open for writing.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _lock;
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly List<Action<JournalLine>> _listeners = [];

    private readonly Func<string, string> _redact;

    private Journal(FileStream @lock, FileStream file, string text, TimeProvider time, Func<string, string> redact)
    {
        _lock = @lock;
        _file = file;
        Text = text;
        State = RunState.Of(JournalText.Parse(text, file.Name));
        _time = time;
        _redact = redact;
    }

    public string Path => _file.Name;

    public string Folder => System.IO.Path.GetDirectoryName(_file.Name)!;

    public RunState State { get; private set; }

    /// <summary>All lines, as they are on the disk.</summary>
    public string Text { get; private set; }

    /// <summary>Opens the journal at <paramref name="path"/>, or begins it. A torn last line, left by a power cut, is cut off.</summary>
    /// <param name="path">Its folder is made where it is missing.</param>
    /// <param name="time">Dates the lines.</param>
    /// <param name="redact">Takes secrets out of each line before it is written.</param>
    /// <exception cref="JournalException">It isn't ours, is newer than this program, or another process has it open.</exception>
    public static Journal Open(string path, TimeProvider time, Func<string, string> redact)
    {
        FileStream? @lock = null;
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);

            // A lock of its own: Unix knows no "others may only read", and Status has to read a journal that is being written.
            @lock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

            // Without a buffer: it would keep a line that failed to be written, and write it after all when the file is closed.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return new Journal(@lock, file, ReadWhole(file), time, redact);
        }
        catch (Exception e)
        {
            file?.Dispose();
            @lock?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new JournalException($"{path} can't be opened for writing: {e.Message} Nothing was changed. Is another run of this roll-out at work?", e);
            }

            throw;
        }
    }

    /// <summary>What the journal at <paramref name="path"/> says, without opening it for writing; <see cref="RunState.Empty"/> where there is none.</summary>
    public static RunState Read(string path) => RunState.Of(JournalText.Parse(ReadText(path), path));

    /// <summary>Its whole lines; empty where there is none.</summary>
    public static string ReadText(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return WholeLines(Bytes(file));
    }

    /// <summary>From now on <paramref name="listener"/> hears of each line after it is on the disk.</summary>
    public void Listen(Action<JournalLine> listener) => _listeners.Add(listener);

    /// <exception cref="JournalException">The disk is full or read-only. What the line announces must not be done.</exception>
    public void Write(JournalLine line)
    {
        var stamped = line.Redacted(_redact) with { At = _time.GetUtcNow() };
        Append(JsonSerializer.Serialize(stamped, JournalFormat.Options) + "\n", State.After(stamped));
        _listeners.ForEach(listen => listen(stamped));
    }

    /// <summary>Adds what a copy of this journal has and this one hasn't: the roll-out went on elsewhere.</summary>
    /// <param name="copy">The copy's whole lines.</param>
    /// <param name="reference">Where it is, for problems.</param>
    /// <exception cref="JournalException">They tell different stories, or the copy isn't ours.</exception>
    public void CatchUp(string copy, string reference)
    {
        var whole = JournalText.Longer(Text, copy, Path, reference);
        if (whole != Text)
        {
            Append(whole[Text.Length..], RunState.Of(JournalText.Parse(whole, reference)));
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void Append(string lines, RunState next)
    {
        var end = _file.Length;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(lines));
            _file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // The latter is how .NET tells that the file would grow beyond what the system allows it.
            CutBackTo(end);
            throw new JournalException($"{_file.Name} can't be written: {e.Message} Nothing more is done. Make room, then run the same command again.", e);
        }

        Text += lines;
        State = next;
    }

    /// <summary>Half a line before a whole one would make the journal unreadable.</summary>
    private void CutBackTo(long end)
    {
        try
        {
            _file.SetLength(end);
        }
        catch (IOException)
        {
            // The half line stays; opening the journal cuts it off, as after a power cut.
        }
    }

    private static string ReadWhole(FileStream file)
    {
        var bytes = Bytes(file);
        var text = WholeLines(bytes);
        JournalText.Parse(text, file.Name);

        // Only now, when it has proved to be ours, is anything cut off.
        file.SetLength(EndOfLastLine(bytes));
        file.Seek(0, SeekOrigin.End);
        return text;
    }

    private static byte[] Bytes(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static int EndOfLastLine(byte[] bytes) => Array.LastIndexOf(bytes, (byte)'\n') + 1;

    private static string WholeLines(byte[] bytes) => Encoding.UTF8.GetString(bytes, 0, EndOfLastLine(bytes));
}
