using AzOpenAI.Core.DataPlane.Transport;

namespace AzOpenAI.Core.DataPlane.Streams;

/// <summary>Assembles the events of a streamed response.</summary>
internal interface IEventAssembler
{
    /// <summary>Texts in the last event, each with its choice.</summary>
    List<(int Choice, string Text)> Texts { get; }

    /// <summary>The error that an event reported, which ends the stream.</summary>
    ServiceErrorBody? Error { get; }

    /// <summary>True once the stream has sent its end marker.</summary>
    bool Done { get; }

    /// <summary>True once a choice has started.</summary>
    bool HasChoices { get; }

    /// <summary>True once every choice has a finish reason.</summary>
    bool AllFinished { get; }

    /// <summary>Adds an event.</summary>
    /// <param name="eventType">The event's name; <c>message</c> if it doesn't have one.</param>
    /// <param name="data">Its data.</param>
    /// <returns>False if it isn't JSON; true if it was added or can be ignored.</returns>
    bool Take(string eventType, ReadOnlySpan<byte> data);
}
