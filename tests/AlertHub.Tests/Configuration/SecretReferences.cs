using AlertHub.Configuration;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration;

public sealed class SecretReferences
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("secret-references.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_reference_says_where_a_secret_stands(string[] row)
    {
        var reference = SecretReference.Parse($"  {row[0]}\n");

        Assert.Equal(row[1], reference.GetType().Name);
        var name = reference switch
        {
            SecretReference.Parameter parameter => parameter.Name,
            SecretReference.Variable variable => variable.Name,
            SecretReference.FromFile file => file.Path,
            SecretReference.Literal literal => literal.Value.Reveal(),
            _ => null,
        };
        Assert.Equal(row.ElementAtOrDefault(2) ?? row[0], name);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void It_prints_as_written_unless_it_is_the_secret(string[] row)
    {
        var printed = SecretReference.Parse(row[0]).ToString();

        Assert.Equal(row.Length > 2 ? row[0].Split(':')[0].ToLowerInvariant() + ":" + row[2] : "<secret>", printed);
    }
}
