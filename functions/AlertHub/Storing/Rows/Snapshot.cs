namespace AlertHub.Storing.Rows;

/// <summary>A whole state as differences from nothing, in rows of some kilobytes; alerts come before the groups that refer to them.</summary>
public static class Snapshot
{
    public static IEnumerable<Row> Of(HubState state)
    {
        using var writer = new RowWriter();
        foreach (var some in state.Alerts.Keys.Chunk(256))
        {
            yield return Row(touched => touched.Alerts.UnionWith(some));
        }

        foreach (var some in state.Groups.Keys.Chunk(16))
        {
            yield return Row(touched =>
            {
                foreach (var id in some)
                {
                    touched.Groups[id] = null;
                }
            });
        }

        foreach (var some in state.Silences.All.Chunk(256))
        {
            yield return Row(touched => touched.Silences.UnionWith(some.Select(static silence => silence.Id)));
        }

        foreach (var some in state.Messages.Keys.Chunk(1024))
        {
            yield return Row(touched => touched.Messages.UnionWith(some));
        }

        Row Row(Action<Touched> touch)
        {
            var touched = new Touched();
            touch(touched);
            return writer.Row(HubState.Empty, state, touched);
        }
    }
}
