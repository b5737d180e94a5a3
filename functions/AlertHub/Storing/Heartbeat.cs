using System.Buffers.Binary;
using AlertHub.Alerts;

namespace AlertHub.Storing;

/// <summary>
/// An alert that was sent again and says nothing new but for how long it is to be believed. To lose one does no harm:
/// what sent it sends again, and <see cref="Absence"/> bridges the time until then.
/// </summary>
public readonly record struct Heartbeat(ulong Fingerprint, DateTimeOffset? EndsAt, DateTimeOffset UpdatedAt)
{
    /// <summary>In bytes: fingerprint, end in UTC, its offset in minutes, time of the update in UTC.</summary>
    public const int Size = 26;

    /// <summary>By so much later than usual an alert may come and still be said to last as long as it did before.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    public static Heartbeat Of(TrackedAlert alert) => new(alert.Fingerprint, alert.Alert.EndsAt, alert.UpdatedAt);

    /// <summary>
    /// Whether nothing but time passed between two versions of an alert: it fires on, and is believed for as long again as
    /// it was before. An end that comes nearer, or much later, is somebody's word and no heartbeat.
    /// </summary>
    public static bool IsBetween(TrackedAlert before, TrackedAlert after) =>
        before.IsTimeout == after.IsTimeout
        && before.UpdatedAt <= after.UpdatedAt
        && before.IsFiring(after.UpdatedAt)
        && (before.Alert.EndsAt, after.Alert.EndsAt) switch
        {
            (null, null) => true,
            ({ } was, { } ends) => was <= ends && ends - after.UpdatedAt <= was - before.UpdatedAt + Slack,
            _ => false,
        }
        && before.Alert.StartsAt.EqualsExact(after.Alert.StartsAt)
        && before.Labels.Equals(after.Labels)
        && before.Alert.Annotations.Equals(after.Alert.Annotations)
        && before.Alert.GeneratorUrl?.OriginalString == after.Alert.GeneratorUrl?.OriginalString;

    /// <summary>The alert after it.</summary>
    public TrackedAlert Apply(TrackedAlert alert) =>
        alert with
        {
            Alert = alert.Alert with { EndsAt = EndsAt },
            UpdatedAt = UpdatedAt,
        };

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target, Fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], EndsAt?.UtcTicks ?? -1);
        BinaryPrimitives.WriteInt16LittleEndian(target[16..], (short)(EndsAt?.TotalOffsetMinutes ?? 0));
        BinaryPrimitives.WriteInt64LittleEndian(target[18..], UpdatedAt.UtcTicks);
    }

    public static Heartbeat Read(ReadOnlySpan<byte> source)
    {
        var ends = BinaryPrimitives.ReadInt64LittleEndian(source[8..]);
        var offset = TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(source[16..]));
        return new(
            BinaryPrimitives.ReadUInt64LittleEndian(source),
            ends < 0 ? null : new DateTimeOffset(ends, TimeSpan.Zero).ToOffset(offset),
            new(BinaryPrimitives.ReadInt64LittleEndian(source[18..]), TimeSpan.Zero)
        );
    }
}
