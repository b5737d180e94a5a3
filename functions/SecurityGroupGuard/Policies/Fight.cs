using AlertHub.Configuration.Shapes;

namespace SecurityGroupGuard.Policies;

/// <summary>When the guard stops undoing, because somebody does again and again what it undoes.</summary>
internal sealed record Fight
{
    /// <summary>So many times the same rule is undone; the next time it is only told.</summary>
    public int Undos { get; init; } = 3;

    /// <summary>In which time they are counted.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(15);

    public static Shape<Fight> Shape { get; } =
        new Shape<Fight>("fight", new())
            .Field("undos", Kinds.Int, static f => f.Undos, static (f, v) => f with { Undos = v })
            .About("How many times the same rule is undone before the guard gives in and calls for somebody.")
            .Field("within", Kinds.Duration, static f => f.Within, static (f, v) => f with { Within = v })
            .About("In which time they are counted.")
            .Check(
                static (f, place) =>
                {
                    if (f.Undos < 1)
                    {
                        place["undos"].Error("expected 1 at least; what is never to be undone is for \"mode\"");
                    }

                    if (f.Within <= TimeSpan.Zero)
                    {
                        place["within"].Error("expected more than 0s");
                    }
                }
            );
}
