namespace Hosts.Tests.Ec2;

/// <summary>How groups are made, told, tagged and deleted.</summary>
public sealed class GroupsTold : IAsyncLifetime
{
    private Ec2Server server = null!;
    private RawEc2 ec2 = null!;

    public async Task InitializeAsync()
    {
        server = await Ec2Server.StartAsync();
        ec2 = new(server);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Listings_are_shown_by_pages()
    {
        var group = server.AddGroup("web", Enumerable.Range(1, 12).Select(static port => $"in tcp {port} 10.0.0.0/8"));
        server.AddGroup("db", ["in tcp 1 10.0.0.0/8"]);
        (string, string)[] filter =
        [
            ("Filter.1.Name", "group-id"),
            ("Filter.1.Value.1", group.Id),
            ("MaxResults", "5"),
        ];
        List<string> ids = [];
        List<int> sizes = [];
        string? token = null;
        do
        {
            var (_, xml) = await ec2.SendAsync(
                "DescribeSecurityGroupRules",
                token is null ? filter : [.. filter, ("NextToken", token)]
            );
            var page = xml.Descendants("securityGroupRuleId").Select(static id => id.Value).ToList();
            ids.AddRange(page);
            sizes.Add(page.Count);
            token = xml.Element("nextToken")?.Value;
        } while (token is not null);

        Assert.Equal(server.Rules(group.Id).Select(static rule => rule.Id), ids);
        Assert.Equal([5, 5, 2], sizes);
        Assert.Equal(
            "400 InvalidParameterValue",
            await ec2.OutcomeAsync("DescribeSecurityGroupRules", ("MaxResults", "4"))
        );
        Assert.Equal("400 InvalidParameterValue", await ec2.OutcomeAsync("DescribeSecurityGroups", ("NextToken", "x")));
    }

    [Theory]
    [InlineData("group-name", "w?b*", "web")]
    [InlineData("vpc-id", "vpc-0123456789abcdef0", "db web")]
    [InlineData("tag:owner", "ops", "web")]
    [InlineData("tag-key", "owner", "db web")]
    [InlineData("tag:nobody", "ops", "")]
    public async Task Groups_are_found_by_filters(string name, string value, string found)
    {
        server.AddGroup("web", [], tags: ("owner", "ops"));
        server.AddGroup("db", [], tags: ("owner", "data"));
        server.AddGroup("other", [], vpcId: null);

        var (_, xml) = await ec2.SendAsync(
            "DescribeSecurityGroups",
            ("Filter.1.Name", name),
            ("Filter.1.Value.1", value)
        );

        Assert.Equal(
            found,
            string.Join(
                ' ',
                xml.Descendants("groupName").Select(static each => each.Value).Order(StringComparer.Ordinal)
            )
        );
        Assert.Equal(
            "400 InvalidParameterValue",
            await ec2.OutcomeAsync("DescribeSecurityGroups", ("Filter.1.Name", "colour"), ("Filter.1.Value.1", value))
        );
    }

    [Fact]
    public async Task A_list_that_is_sent_empty_is_none()
    {
        server.AddGroup("web", []);

        var (_, xml) = await ec2.SendAsync("DescribeSecurityGroups", ("GroupId", ""), ("GroupName", ""));

        Assert.Equal("web", xml.Descendants("groupName").Single().Value);
    }

    [Fact]
    public async Task What_is_referred_to_or_used_cannot_be_deleted()
    {
        var (_, created) = await ec2.SendAsync(
            "CreateSecurityGroup",
            ("GroupName", "web"),
            ("GroupDescription", "of the web"),
            ("VpcId", "vpc-0123456789abcdef0")
        );
        var id = created.Element("groupId")!.Value;
        Assert.Equal("out -1 -1--1 0.0.0.0/0", server.RulesText(id));
        var other = server.AddGroup("db", [$"in tcp 5432 {id}"]);
        server.Change(state =>
            state with
            {
                Interfaces = state.Interfaces.Add("eni-1", new("eni-1", "vpc-0123456789abcdef0", [other.Id])),
            }
        );

        Assert.Equal("400 DependencyViolation", await ec2.OutcomeAsync("DeleteSecurityGroup", ("GroupId", id)));
        Assert.Equal("400 DependencyViolation", await ec2.OutcomeAsync("DeleteSecurityGroup", ("GroupId", other.Id)));
        await ec2.SendAsync(
            "ModifyNetworkInterfaceAttribute",
            ("NetworkInterfaceId", "eni-1"),
            ("SecurityGroupId.1", id)
        );
        Assert.Equal("done", await ec2.OutcomeAsync("DeleteSecurityGroup", ("GroupId", other.Id)));
        Assert.Equal("400 InvalidGroup.NotFound", await ec2.OutcomeAsync("DeleteSecurityGroup", ("GroupId", other.Id)));
        Assert.Equal("400 InvalidGroupId.Malformed", await ec2.OutcomeAsync("DeleteSecurityGroup", ("GroupId", "web")));
        Assert.Equal("400 MissingParameter", await ec2.OutcomeAsync("DeleteSecurityGroup"));
        Assert.Equal(
            [id],
            (await ec2.SendAsync("DescribeNetworkInterfaces"))
                .Xml.Descendants("groupId")
                .Select(static each => each.Value)
        );
    }

    [Fact]
    public async Task Tags_go_by_key_by_value_or_all_but_those_of_AWS()
    {
        var group = server.AddGroup("web", [], tags: [("aws:x", "1"), ("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]);
        Task<string> Delete(params (string, string)[] tags) =>
            ec2.OutcomeAsync("DeleteTags", [("ResourceId.1", group.Id), .. tags]);
        string Left() => string.Join(' ', server.State.Groups[group.Id].Tags.Keys);

        Assert.Equal("done", await Delete(("Tag.1.Key", "a"), ("Tag.2.Key", "b"), ("Tag.2.Value", "")));
        Assert.Equal("aws:x b c d", Left());
        Assert.Equal("done", await Delete(("Tag.1.Key", "b"), ("Tag.1.Value", "2")));
        Assert.Equal("aws:x c d", Left());
        Assert.Equal("done", await Delete());
        Assert.Equal("aws:x", Left());
        Assert.Equal(
            "400 InvalidParameterValue",
            await ec2.OutcomeAsync("CreateTags", ("ResourceId.1", group.Id), ("Tag.1.Key", "aws:y"))
        );
        Assert.Equal(
            "400 InvalidParameterValue",
            await ec2.OutcomeAsync("CreateTags", ("ResourceId.1", group.Id), ("Tag.1.Key", "e"), ("Tag.2.Key", "e"))
        );
        Assert.Equal(
            "400 InvalidGroup.NotFound",
            await ec2.OutcomeAsync(
                "CreateTags",
                ("ResourceId.1", group.Id),
                ("ResourceId.2", "sg-0ffffffffffffffff"),
                ("Tag.1.Key", "e")
            )
        );
        Assert.Equal("aws:x", Left());
    }
}
