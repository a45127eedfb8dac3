using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Files;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Bulk;

/// <summary>
/// A file with the outcome of each item of a long run, a JSON line each. A line is handed to the system as soon as its item is finished, so that it outlives
/// the process; at most a second later it is on the disk. A new file can be read by its owner only. Safe for many threads. In memory is only where each answer stands.
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

    /// <summary>Items that the journal holds an answer or a failure of; the number of inputs of the last run where it came to its end.</summary>
    public int Items { get; private set; }

    /// <summary>Answers that the journal holds.</summary>
    public int Answers => _answers.Count;

    /// <summary>True where the journal was begun anew.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Opens a journal for one run. Nobody else may write to it meanwhile.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="resume">True: goes on with the file, or begins it where it is missing. False: a file that holds something is an error.</param>
    /// <param name="command">The command that writes it.</param>
    /// <param name="endpoint">Where it calls.</param>
    /// <param name="deployment">What it calls.</param>
    /// <exception cref="AzOpenAIException">JournalExists, JournalInUse, JournalInvalid, JournalMismatch, JournalFailed.</exception>
    public static BulkJournal Open(string path, bool resume, string command, Uri endpoint, string deployment)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        FileStream? file = null;
        try
        {
            // Outside Windows only this share keeps another process out; on Windows others may read along.
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

    /// <summary>The key of the next request. Those that are the same are counted, so each is asked for once and in order.</summary>
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

    /// <summary>The answer that an earlier run got, null where it got none.</summary>
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

    /// <summary>Keeps an answer.</summary>
    /// <param name="index">Position of the input, from 0: for people who read the journal.</param>
    /// <param name="key">Of the request.</param>
    /// <param name="completion">The answer.</param>
    /// <exception cref="AzOpenAIException">JournalFailed.</exception>
    public void Add(int index, JournalKey key, ChatCompletion completion) => Append(JournalLine.Done(index, key, completion));

    /// <summary>Keeps a failure; the next run tries the item again.</summary>
    /// <param name="index">Position of the input, from 0.</param>
    /// <param name="key">Of the request.</param>
    /// <param name="failure">The failure.</param>
    /// <exception cref="AzOpenAIException">JournalFailed.</exception>
    public void Add(int index, JournalKey key, AzOpenAIException failure) => Append(JournalLine.Failed(index, key, failure));

    /// <summary>Closes the file. What is added later is dropped.</summary>
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
                // The lines are with the system; that the disk does not confirm them is nothing that a caller could cure.
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
            // A first line that was cut is begun again; anything else is somebody's file.
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
            // What a crash cut off.
            _file.SetLength(_end);
        }
    }

    private ReadOnlySpan<byte> Start()
    {
        byte[] start = new byte[64];
        return start.AsSpan(0, RandomAccess.Read(_file.SafeFileHandle, start, 0));
    }

    /// <summary>Reads all lines. Only the last may be broken: it is forgotten.</summary>
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

    // The codes of Windows, Linux and macOS for a file that is locked.
    private static bool IsInUse(IOException exception) => exception is not FileNotFoundException && exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    private static AzOpenAIException Failed(string path, Exception exception) =>
        Failure.Of(nameof(Messages.JournalFailed), ErrorKind.InvalidInput, path, exception.Message.TrimEnd('.'));
}
