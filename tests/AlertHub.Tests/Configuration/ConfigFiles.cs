using AlertHub.Configuration;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration;

/// <summary>The files of Cases/configs.</summary>
public sealed class ConfigFiles
{
    [Fact]
    public void Good_ones_load() =>
        Assert.All(
            SampleConfig.Read("good.yml"),
            file =>
            {
                var config = AlertmanagerConfig.Load(file.Text, file.Name, out var problems);
                Assert.Equal([], problems.Where(p => p.IsError).Select(p => $"{p}"));
                Assert.NotNull(config);
            }
        );

    /// <summary>What a file is refused for stands in <c>Approved/configs/bad.txt</c>, to be read as its author would.</summary>
    [Fact]
    public void Bad_ones_are_refused_in_every_line_that_has_an_error() =>
        Assert.All(
            SampleConfig.Read("bad.yml"),
            file =>
            {
                Assert.Null(AlertmanagerConfig.Load(file.Text, file.Name, out var problems));
                var lines = problems.Where(p => p.IsError).Select(p => p.At.Line).Distinct().ToArray();
                Assert.True(
                    file.ErrorLines.SequenceEqual(lines),
                    $"{file.Name}: errors are in {string.Join(' ', lines)}\n{string.Join('\n', problems)}"
                );
            }
        );

    [Fact]
    public void What_they_are_refused_for_is_said_in_sentences() =>
        Approved.Matches(
            "configs/bad.txt",
            string.Join(
                "\n\n",
                SampleConfig
                    .Read("bad.yml")
                    .Select(file =>
                    {
                        AlertmanagerConfig.Load(file.Text, "", out var problems);
                        return string.Join('\n', problems.Select(p => $"{p}").Prepend($"# {file.Name}"));
                    })
            )
        );

    [Fact]
    public void Printed_and_loaded_again_they_print_the_same() =>
        Assert.All(
            SampleConfig.Read("good.yml"),
            file =>
            {
                var printed = AlertmanagerConfig.Load(file.Text, file.Name, out _)!.Print();
                var again = AlertmanagerConfig.Load(printed, file.Name, out var problems);
                Assert.Equal([], problems.Where(p => p.IsError).Select(p => $"{p}"));
                Assert.Equal(printed, again!.Print());
            }
        );
}
