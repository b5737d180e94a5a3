using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Alerts;

public sealed class LabelSets
{
    [Fact]
    public void A_set_intersected_with_itself_is_itself() =>
        Properties.ForAll(
            Properties.Pairs,
            pairs => Assert.Equal(Some.Labels(pairs), Some.Labels(pairs).Intersect(Some.Labels(pairs)))
        );

    [Fact]
    public void The_intersection_holds_exactly_what_both_hold() =>
        Properties.ForAll(
            Gen.Zip(Properties.Pairs, Properties.Pairs),
            two =>
            {
                var (a, b) = (Some.Labels(two.Item1), Some.Labels(two.Item2));
                var both = a.Intersect(b);

                Assert.Equal(both, b.Intersect(a));
                Assert.Equal(a.AsEnumerable().Intersect(b).Count(), both.Count);
                Assert.All(both, label => Assert.True(a[label.Name] == label.Value && b[label.Name] == label.Value));
            }
        );

    [Fact]
    public void Equal_sets_are_equal_however_they_were_made()
    {
        var (one, other) = (Some.Labels(("a", "1"), ("b", "2")), Some.Labels(("b", "2"), ("a", "1")));

        Assert.True(one.Equals(other));
        Assert.True(one.Equals((object)other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [InlineData("a", "2")]
    [InlineData("b", "1")]
    [InlineData("A", "1")]
    public void Another_name_or_value_makes_another_set(string name, string value)
    {
        Assert.NotEqual(Some.Labels(("a", "1")), Some.Labels((name, value)));
        Assert.NotEqual(Some.Labels(("a", "1")), Some.Labels(("a", "1"), ("c", "3")));
        Assert.False(Some.Labels(("a", "1")).Equals(null));
    }

    [Fact]
    public void Alerts_with_equal_labels_and_annotations_are_equal() =>
        Assert.Equal(
            Some.Alert(annotations: Some.Labels(("summary", "x"))),
            Some.Alert(annotations: Some.Labels(("summary", "x")))
        );

    [Fact]
    public void Empty_values_are_left_out_of_what_is_taken_in() =>
        Assert.Equal(Some.Labels(("a", "1")), Some.Labels(("a", "1"), ("b", "")).WithoutEmpty());

    [Fact]
    public void A_missing_name_has_no_value() => Assert.Null(Some.Labels(("a", "1"))["b"]);

    [Theory]
    [InlineData("1", """{a="1", b="2"}""")]
    [InlineData("Q\"uote", """{a="Q\"uote", b="2"}""")]
    [InlineData("back\\slash", """{a="back\\slash", b="2"}""")]
    [InlineData("two\nlines", """{a="two\nlines", b="2"}""")]
    [InlineData("ü", """{a="ü", b="2"}""")]
    [InlineData("tab\t bell\a", """{a="tab\t bell\a", b="2"}""")]
    [InlineData("\u202e\u0000", """{a="\u202e\x00", b="2"}""")]
    public void It_prints_as_Go_quotes_it(string value, string printed) =>
        Assert.Equal(printed, Some.Labels(("a", value), ("b", "2")).ToString());
}
