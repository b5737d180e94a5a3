using System.Text;
using AlertHub.Api.AlertmanagerV2;

namespace Hosts.Tests.Api.AlertmanagerV2;

public sealed class SharedTextsOfAlerts
{
    private readonly SharedTexts shared = new();

    [Fact]
    public void Equal_texts_labels_and_links_are_the_same_objects()
    {
        Assert.Same(shared.Text("severity"u8), shared.Text("severity"u8));
        Assert.Same(shared.Label("severity"u8, "page"u8), shared.Label("severity"u8, "page"u8));
        Assert.Same(shared.Label("severity"u8, "page"u8).Name, shared.Label("severity"u8, "ticket"u8).Name);
        Assert.Same(shared.Link("http://prometheus:9090/graph"u8), shared.Link("http://prometheus:9090/graph"u8));
    }

    /// <summary>Many more than it has room for, among them such as look alike before they are decoded.</summary>
    [Fact]
    public void Whatever_came_before_a_text_is_what_stands_there()
    {
        var random = new Random(1);
        string[] pieces = ["a", "b", "\\u0061", "\\\\", "é", "\\n", "0123456789"];
        for (var i = 0; i < 50_000; i++)
        {
            var (name, value) = (Raw(), Raw());
            var label = shared.Label(name, value);
            Assert.Equal(GoJsonText.Decode(name), label.Name);
            Assert.Equal(GoJsonText.Decode(value), label.Value);
            Assert.Equal(GoJsonText.Decode(value), shared.Text(value));
        }

        byte[] Raw() => Encoding.UTF8.GetBytes(string.Concat(random.GetItems(pieces, random.Next(9))));
    }

    [Theory]
    [InlineData("::")]
    [InlineData("http://a b")]
    public void What_is_no_link_stays_none(string text)
    {
        Assert.Null(shared.Link(Encoding.UTF8.GetBytes(text)));
        Assert.Null(shared.Link(Encoding.UTF8.GetBytes(text)));
    }
}
