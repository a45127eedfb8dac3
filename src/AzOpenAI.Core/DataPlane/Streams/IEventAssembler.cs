using AzOpenAI.Core.DataPlane.Transport;

namespace AzOpenAI.Core.DataPlane.Streams;

/// <summary>Puts the events of a streamed answer together.</summary>
internal interface IEventAssembler
{
    /// <summary>Texts that the last event brought, each with the choice that it belongs to.</summary>
    List<(int Choice, string Text)> Texts { get; }

    /// <summary>The error that an event told of, which is the end of the stream.</summary>
    ServiceErrorBody? Error { get; }

    /// <summary>True once the stream said so itself.</summary>
    bool Done { get; }

    /// <summary>True once a choice has begun.</summary>
    bool HasChoices { get; }

    /// <summary>True once every choice has told why it ended.</summary>
    bool AllFinished { get; }

    /// <summary>Takes one event.</summary>
    /// <param name="eventType">The event's name; <c>message</c> where it has none.</param>
    /// <param name="data">Its data.</param>
    /// <returns>True: taken or rightly ignored. False: it is not JSON.</returns>
    bool Take(string eventType, ReadOnlySpan<byte> data);
}
