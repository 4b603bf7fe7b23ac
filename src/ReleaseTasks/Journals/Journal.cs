using System.Text;
using System.Text.Json;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Journals;

/// <summary>
/// The append-only record of one roll-out, <c>.release/ROLL-OUT/journal.jsonl</c>: its only memory. A line is on the disk before
/// <see cref="Write"/> returns. One process at a time may have it open for writing, and nobody but its owner can read it.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _lock;
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly List<Action<JournalLine>> _listeners = [];

    private readonly Masking _masking;

    private Journal(FileStream @lock, FileStream file, string text, TimeProvider time, Masking masking)
    {
        _lock = @lock;
        _file = file;
        Text = text;
        State = StateOf(text, file.Name, file.Name);
        _time = time;
        _masking = masking;
    }

    public string Path => _file.Name;

    public string Folder => System.IO.Path.GetDirectoryName(_file.Name)!;

    public RunState State { get; private set; }

    /// <summary>All lines, as they are on the disk.</summary>
    public string Text { get; private set; }

    /// <summary>Opens the journal at <paramref name="path"/>, or begins it. A torn last line, left by a power cut, is cut off.</summary>
    /// <param name="path">Its folder is made where it is missing.</param>
    /// <param name="time">Dates the lines.</param>
    /// <param name="redactor">Takes secrets out of each line before it is written.</param>
    /// <param name="refer">Makes the reference to what a line shows masked.</param>
    /// <exception cref="JournalException">It isn't ours, is newer than this program, or another process has it open.</exception>
    public static Journal Open(string path, TimeProvider time, Redactor redactor, Func<string, string> refer)
    {
        FileStream? @lock = null;
        FileStream? file = null;
        try
        {
            var folder = System.IO.Path.GetDirectoryName(path)!;
            PrivateFile.MakeFolder(folder);

            // A lock of its own: Unix knows no "others may only read", and Status has to read a journal that is being written.
            @lock = PrivateFile.Open(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            return new Journal(@lock, file, ReadWhole(file), time, new Masking(redactor, new Unmasked(folder), refer));
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
    public static RunState Read(string path) => StateOf(ReadText(path), path, path);

    /// <summary>What whole lines say, with what is kept beside the journal of what they show masked.</summary>
    /// <param name="text">Of the journal itself or of its copy.</param>
    /// <param name="path">Where the journal is, or would be.</param>
    /// <param name="where">For problems.</param>
    public static RunState StateOf(string text, string path, string where)
    {
        var unmasked = new Unmasked(System.IO.Path.GetDirectoryName(path)!);
        return RunState.Of(JournalText.Parse(text, where).Select(line => line.Whole(unmasked)));
    }

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
        var stamped = line.Cleaned(_masking) with { At = _time.GetUtcNow() };
        Append(JsonSerializer.Serialize(stamped.Masked(_masking), JournalFormat.Options) + "\n", State.After(stamped));
        _listeners.ForEach(listen => listen(stamped));
    }

    /// <inheritdoc cref="Masking.IsReferredTo"/>
    public bool IsReferredTo(JsonElement json, string reference) => _masking.IsReferredTo(json, reference);

    /// <summary>Adds what a copy of this journal has and this one hasn't: the roll-out went on elsewhere.</summary>
    /// <param name="copy">The copy's whole lines.</param>
    /// <param name="reference">Where it is, for problems.</param>
    /// <exception cref="JournalException">They tell different stories, or the copy isn't ours.</exception>
    public void CatchUp(string copy, string reference)
    {
        var whole = JournalText.Longer(Text, copy, Path, reference);
        if (whole != Text)
        {
            Append(whole[Text.Length..], StateOf(whole, Path, reference));
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
