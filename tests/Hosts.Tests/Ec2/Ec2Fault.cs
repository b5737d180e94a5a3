namespace Hosts.Tests.Ec2;

/// <summary>What becomes of a call that is not answered as it should be.</summary>
internal enum Ec2Fault
{
    /// <summary>Status 503, <c>RequestLimitExceeded</c>; nothing is done.</summary>
    Throttled,

    /// <summary>Status 500, <c>InternalError</c>; nothing is done.</summary>
    InternalError,

    /// <summary>Status 503, <c>Unavailable</c>; nothing is done.</summary>
    Unavailable,

    /// <summary>The connection breaks; nothing is done.</summary>
    LostRequest,

    /// <summary>All is done, and the connection breaks.</summary>
    LostAnswer,

    /// <summary>No answer until the client gives up; nothing is done.</summary>
    HangsBefore,

    /// <summary>All is done; no answer until the client gives up.</summary>
    HangsAfter,
}
