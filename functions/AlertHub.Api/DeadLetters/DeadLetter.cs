using System.Security.Cryptography;
using System.Text;
using AlertHub.Grouping;
using AlertHub.Storing;

namespace AlertHub.Api.DeadLetters;

/// <summary>A notification that was given up and is kept.</summary>
internal sealed record DeadLetter(GroupId Group, Delivery Delivery)
{
    /// <summary>By which people name it: the same for as long as it is kept, and after it died again.</summary>
    public string Id { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Group}\n{Delivery.Integration}")))[..12];

    /// <summary>The longest dead first.</summary>
    public static IReadOnlyList<DeadLetter> In(HubState state) =>
        [
            .. from @group in state.Groups.Values
            from delivery in @group.Deliveries
            where delivery.IsDead
            orderby delivery.DiedAt
            select new DeadLetter(@group.Id, delivery),
        ];
}
