using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Files;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Bulk;

/// <summary>
/// A file with the outcome of each item of a long run, as JSON lines. A line is written as soon as its item is finished, so that it survives
/// the process; it is flushed to disk within a second. A new file is only readable by its owner. Thread-safe. Memory only holds the position of each response.
/// </summary>
public sealed class BulkJournal : IDisposable
{
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Dictionary<JournalKey, (long Offset, int Length)> _answers = [];
    private readonly Dictionary<UInt128, int> _seen = [];
    private long _end;
    private long _synced;
    private bool _isClosed;

    private BulkJournal(string path, FileStream file)
    {
        (_path, _file) = (path, file);
        _synced = TimeProvider.System.GetTimestamp();
    }

    /// <summary>Items with a response or a failure in the journal; the number of inputs of the last run if that was completed.</summary>
    public int Items { get; private set; }

    /// <summary>Responses in the journal.</summary>
    public int Answers => _answers.Count;

    /// <summary>True if the journal is new.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Opens a journal for one run, with an exclusive lock for writing.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="resume">True to continue with the file, or create it if it doesn't exist. False to reject a file that isn't empty.</param>
    /// <param name="command">The command that writes it.</param>
    /// <param name="endpoint">The endpoint that it calls.</param>
    /// <param name="deployment">The deployment that it calls.</param>
    /// <exception cref="AzOpenAIException">JournalExists, JournalInUse, JournalInvalid, JournalMismatch, JournalFailed.</exception>
    public static BulkJournal Open(string path, bool resume, string command, Uri endpoint, string deployment)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        FileStream? file = null;
        try
        {
            // Outside Windows only this share mode locks out other processes; on Windows others may read.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
            file = PrivateFile.Open(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 });
            if (!resume && file.Length > 0)
                throw Failure.Of(nameof(Messages.JournalExists), ErrorKind.AlreadyExists, path);
            BulkJournal journal = new(path, file);
            journal.Begin(new JournalTarget(command, Place(endpoint), deployment));
            file = null;
            return journal;
        }
        catch (IOException exception) when (IsInUse(exception))
        {
            throw Failure.Of(nameof(Messages.JournalInUse), ErrorKind.Busy, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed(path, exception);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>The key of the next request. Identical requests are numbered, so that each is sent once and in order.</summary>
    public JournalKey NextKey(ChatRequest request)
    {
        UInt128 hash = JournalKey.Hash(request);
        lock (_gate)
        {
            int occurrence = _seen.GetValueOrDefault(hash);
            _seen[hash] = occurrence + 1;
            return new JournalKey(hash, occurrence);
        }
    }

    /// <summary>The response of an earlier run, or null.</summary>
    /// <exception cref="AzOpenAIException">JournalFailed.</exception>
    public ChatCompletion? Find(JournalKey key)
    {
        if (!_answers.TryGetValue(key, out (long Offset, int Length) place))
            return null;
        byte[] line = new byte[place.Length];
        try
        {
            for (int read = 0; read < line.Length;)
            {
                int more = RandomAccess.Read(_file.SafeFileHandle, line.AsSpan(read), place.Offset + read);
                if (more == 0)
                    throw new EndOfStreamException($"It ends before byte {place.Offset + line.Length}.");
                read += more;
            }
        }
        catch (IOException exception)
        {
            throw Failed(_path, exception);
        }

        return JournalLine.ReadAnswer(line);
    }

    /// <summary>Records a response.</summary>
    /// <param name="index">Position of the input, from 0, for people who read the journal.</param>
    /// <param name="key">The key of the request.</param>
    /// <param name="completion">The response.</param>
    /// <exception cref="AzOpenAIException">JournalFailed.</exception>
    public void Add(int index, JournalKey key, ChatCompletion completion) => Append(JournalLine.Done(index, key, completion));

    /// <summary>Records a failure; the next run tries the item again.</summary>
    /// <param name="index">Position of the input, from 0.</param>
    /// <param name="key">The key of the request.</param>
    /// <param name="failure">The failure.</param>
    /// <exception cref="AzOpenAIException">JournalFailed.</exception>
    public void Add(int index, JournalKey key, AzOpenAIException failure) => Append(JournalLine.Failed(index, key, failure));

    /// <summary>Closes the file. Later additions are ignored.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            try
            {
                _file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // The lines have been written; a caller couldn't do anything about a failed flush.
            }

            _file.Dispose();
        }
    }

    private void Append(ReadOnlyMemory<byte> line)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            try
            {
                RandomAccess.Write(_file.SafeFileHandle, line.Span, _end);
                _end += line.Length;
                if (TimeProvider.System.GetElapsedTime(_synced) < SyncInterval)
                    return;
                _file.Flush(flushToDisk: true);
                _synced = TimeProvider.System.GetTimestamp();
            }
            catch (IOException exception)
            {
                throw Failed(_path, exception);
            }
        }
    }

    private void Begin(JournalTarget target)
    {
        JournalTarget? found = Read();
        if (found is null)
        {
            // A truncated first line is replaced; anything else isn't a journal.
            if (!JournalLine.MayBecomeHead(Start()))
                throw Failure.Of(nameof(Messages.JournalInvalid), ErrorKind.InvalidInput, _path, 1);
            IsNew = true;
            _file.SetLength(0);
            _end = 0;
            Append(JournalLine.Head(target));
        }
        else if (found != target)
        {
            throw Failure.Of(nameof(Messages.JournalMismatch), ErrorKind.InvalidInput, _path, found, target);
        }
        else if (_file.Length > _end)
        {
            // Truncated by a crash.
            _file.SetLength(_end);
        }
    }

    private ReadOnlySpan<byte> Start()
    {
        byte[] start = new byte[64];
        return start.AsSpan(0, RandomAccess.Read(_file.SafeFileHandle, start, 0));
    }

    /// <summary>Reads all lines. Only the last may be invalid: it is ignored.</summary>
    private JournalTarget? Read()
    {
        JournalTarget? head = null;
        int number = 0;
        bool broken = false;
        _file.Position = 0;
        foreach ((long offset, ReadOnlyMemory<byte> line) in JournalScanner.Lines(_file))
        {
            number++;
            if (broken)
                throw Failure.Of(nameof(Messages.JournalInvalid), ErrorKind.InvalidInput, _path, number - 1);
            if (number == 1)
            {
                head = JournalLine.ReadHead(line.Span) ?? throw Failure.Of(nameof(Messages.JournalInvalid), ErrorKind.InvalidInput, _path, 1);
            }
            else if (JournalLine.TryReadItem(line.Span, out JournalKey key, out int index, out bool isDone))
            {
                Items = Math.Max(Items, index + 1);
                if (isDone)
                    _answers[key] = (offset, line.Length);
                else
                    _answers.Remove(key);
            }
            else
            {
                broken = true;
                continue;
            }

            _end = offset + line.Length + 1;
        }

        return head;
    }

    private static string Place(Uri endpoint) =>
        Loopback.Is(endpoint) ? "http://localhost" + endpoint.AbsolutePath : endpoint.GetLeftPart(UriPartial.Path);

    // The error codes of Windows, Linux and macOS for a locked file.
    private static bool IsInUse(IOException exception) => exception is not FileNotFoundException && exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    private static AzOpenAIException Failed(string path, Exception exception) =>
        Failure.Of(nameof(Messages.JournalFailed), ErrorKind.InvalidInput, path, exception.Message.TrimEnd('.'));
}
