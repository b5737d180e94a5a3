using System.Text.Json.Nodes;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Box.Functions;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

internal sealed partial class StackBox
{
    private Fauxqs fauxqs = null!;
    private EmulatedResources emulated = null!;
    private CustomResources customResources = null!;
    private TemplateValues values = null!;
    private Physical physical = null!;
    private string queueUrls = "";

    /// <summary>Those that are made.</summary>
    private IReadOnlyList<StackResource> Resources { get; set; } = [];

    /// <summary>An output of one of the stacks.</summary>
    public string Output(string name) =>
        (string)
            stacks
                .Where(stack => stack.Section("Outputs")[name] is not null)
                .Select(stack => values.Of(stack, stack.Section("Outputs")[name]!["Value"], $"{stack}/Outputs/{name}"))
                .Single()!;

    /// <summary>An update of a stack that changes the properties of a custom resource.</summary>
    /// <param name="name">Its logical id or how that begins.</param>
    /// <param name="change">Of the resolved properties that it has.</param>
    /// <exception cref="DeploymentException">The function failed, and CloudFormation would roll back.</exception>
    public async Task UpdateAsync(string name, Action<JsonObject> change)
    {
        var resource = FindCustom(name);
        var before = customs[resource];
        var after = (JsonObject)before.Properties.DeepClone();
        change(after);
        var (id, attributes) = await customResources.AskAsync(
            "Update",
            resource,
            ServiceOf(resource, after),
            after,
            before
        );
        physical.Set(resource, id, attributes);
        customs[resource] = (id, after);
    }

    /// <summary>The removal of a custom resource, as when its stack is removed.</summary>
    /// <param name="name">Its logical id or how that begins.</param>
    /// <exception cref="DeploymentException">The function failed, and the stack could not be removed.</exception>
    public async Task RemoveAsync(string name)
    {
        var resource = FindCustom(name);
        var before = customs[resource];
        await customResources.AskAsync(
            "Delete",
            resource,
            ServiceOf(resource, before.Properties),
            before.Properties,
            before
        );
        customs.Remove(resource);
    }

    private async Task DeployAsync()
    {
        var dynalite = options.Dynalite ?? await EmulatorAsync(new Dynalite());
        fauxqs = options.Fauxqs ?? await EmulatorAsync(new Fauxqs());
        Aws = Add(await AwsGate.StartAsync(dynalite.Url, fauxqs.Url));
        customResources = Add(await CustomResources.StartAsync());
        var api = Add(await HttpApi.StartAsync());
        Api.BaseAddress = api.Url;
        emulated = new(dynalite, fauxqs, Aws.Url);

        queueUrls = $"http://sqs.{Physical.Region}.localhost:{Aws.Url.Port}/{Physical.Account}/";
        physical = new(queueUrls, _ => api.Url);
        values = new(stacks, physical, options.TemplateParameters);
        Resources = [.. stacks.SelectMany(static stack => stack.Resources).Where(values.Holds)];
        foreach (var resource in Resources)
        {
            ResourceTypes.Check(resource);
        }

        foreach (var (name, value) in options.Parameters)
        {
            Parameters[name] = value;
        }

        var grants = new Grants(Resources, values);
        await CreateAsync();
        await SubscribeAsync(grants);
        CreateFunctions();
        CreateRules(grants);
        DeployApi(api, grants);
        await CreateCustomAsync();
        await CreateSourcesAsync();
        ticking = options.ScheduleEvery is { } every ? TickAsync(every) : Task.CompletedTask;
    }

    private async Task CreateAsync()
    {
        foreach (var resource in Resources)
        {
            var name = physical.Name(resource);
            switch (resource.Type)
            {
                case "AWS::DynamoDB::Table":
                    await emulated.CreateTableAsync(resource, values.Properties(resource), name);
                    break;
                case "AWS::SQS::Queue":
                    var queue = values.Properties(resource);
                    await emulated.CreateQueueAsync(resource, queue, name, physical.Ref(resource));
                    break;
                case "AWS::SNS::Topic":
                    await emulated.CreateTopicAsync(resource, values.Properties(resource), name);
                    break;
                case "AWS::SSM::Parameter":
                    Parameters[name] = (string)values.Properties(resource)["Value"]!;
                    break;
            }
        }
    }

    private async Task SubscribeAsync(Grants grants)
    {
        foreach (var resource in Of("AWS::SNS::Subscription"))
        {
            var properties = values.Properties(resource);
            var (topic, endpoint) = ((string)properties["TopicArn"]!, (string)properties["Endpoint"]!);
            switch ((string?)properties["Protocol"])
            {
                case "sqs":
                    grants.QueueTakes(queueUrls + endpoint.Split(':')[^1], endpoint, "sns.amazonaws.com", topic);
                    await emulated.SubscribeAsync(resource, properties);
                    break;
                case "lambda":
                    topicsOfFunctions.Add((topic, endpoint));
                    break;
                // Nobody reads them here.
                case "email" or "email-json" or "https" or "sms":
                    break;
                case var other:
                    throw new TemplateException($"{resource}: the protocol '{other}' is not played.");
            }
        }
    }

    private void CreateFunctions()
    {
        var roles = Of("AWS::IAM::Role").ToDictionary(physical.Arn);
        foreach (var resource in Of("AWS::Lambda::Function"))
        {
            var settings = FunctionSettings.Read(resource, values, physical);
            var role = (string?)values.Properties(resource)["Role"] ?? "";
            functions.Add(
                Add(
                    new BoxFunction(
                        settings,
                        roles.TryGetValue(role, out var found)
                            ? RolePolicy.Of(found, stacks, values, physical)
                            : throw new TemplateException($"{resource} has the role '{role}', which is not there."),
                        Aws,
                        options.Variables(resource.Id),
                        options.Environments(resource.Id)
                    )
                )
            );
        }
    }

    private void CreateRules(Grants grants)
    {
        foreach (var resource in Of("AWS::Events::Rule"))
        {
            var rule = new EventRule(resource, values, physical);
            rules.Add(rule);
            foreach (var target in rule.Targets)
            {
                if (functions.FirstOrDefault(function => function.Settings.Arn == target) is { Settings: var function })
                {
                    grants.FunctionTakes((function.Name, function.Arn), "events.amazonaws.com", rule.Arn);
                }
                else if (target.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
                {
                    grants.QueueTakes(queueUrls + target.Split(':')[^1], target, "events.amazonaws.com", rule.Arn);
                }
                else
                {
                    throw new TemplateException(
                        $"{resource}: the target '{target}' is no function and no queue of the box."
                    );
                }
            }
        }

        foreach (var (topic, arn) in topicsOfFunctions)
        {
            grants.FunctionTakes((arn.Split(':')[^1], arn), "sns.amazonaws.com", topic);
        }
    }

    private void DeployApi(HttpApi server, Grants grants)
    {
        switch (Of("AWS::ApiGatewayV2::Api").ToArray())
        {
            case []:
                return;
            case [var api]:
                var settings = ApiSettings.Read(api, values, physical);
                foreach (var route in settings.Routes)
                {
                    // arn:aws:execute-api:{region}:{account}:{api}/{stage}/{method}/{path}
                    var path = route.Key.Split(' ')[^1].TrimStart('/');
                    grants.FunctionTakes(
                        (route.FunctionArn.Split(':')[^1], route.FunctionArn),
                        "apigateway.amazonaws.com",
                        Physical.Arn("execute-api", $"{settings.Id}/{settings.Stage}/ANY/{path}")
                    );
                }

                server.Deploy(settings, functions);
                return;
            case var several:
                throw new TemplateException($"The box plays one HTTP API, not {several.Length}.");
        }
    }

    private async Task CreateCustomAsync()
    {
        foreach (var resource in Resources.Where(static resource => resource.IsCustom))
        {
            var properties = values.Properties(resource);
            options.Custom(resource, properties);
            var (id, attributes) = await customResources.AskAsync(
                "Create",
                resource,
                ServiceOf(resource, properties),
                properties
            );
            physical.Set(resource, id, attributes);
            customs[resource] = (id, properties);
        }
    }

    private BoxFunction ServiceOf(StackResource resource, JsonObject properties) =>
        functions.FirstOrDefault(function => function.Settings.Arn == (string?)properties["ServiceToken"])
        ?? throw new TemplateException(
            $"{resource} has the service '{properties["ServiceToken"]}', which is no function of the box."
        );

    private async Task CreateSourcesAsync()
    {
        foreach (var resource in Of("AWS::Lambda::EventSourceMapping"))
        {
            var properties = values.Properties(resource);
            if ((bool?)properties["Enabled"] == false)
            {
                continue;
            }

            var (queue, name) = ((string)properties["EventSourceArn"]!, (string)properties["FunctionName"]!);
            if (!queue.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
            {
                throw new TemplateException($"{resource} reads from '{queue}'; only queues are played.");
            }

            var function = functions.First(f => f.Settings.Name == name || f.Settings.Arn == name);
            var settings = QueueSourceSettings.Read(properties, queueUrls + queue.Split(':')[^1], $"{resource}");
            await QueueSource.CheckAsync(settings, function, Aws);
            sources.Add(Add(new QueueSource(settings, function, Aws, fauxqs.Url, options.Redelivery)));
        }
    }

    private async Task TickAsync(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        while (await timer.WaitForNextTickAsync(stopping.Token))
        {
            foreach (var rule in rules.Where(static rule => rule.Schedule is not null && rule.IsEnabled))
            {
                await rule.DeliverAsync(rule.Tick(), functions, SendByArnAsync);
            }
        }
    }

    private IEnumerable<StackResource> Of(string type) => Resources.Where(resource => resource.Type == type);

    private T Add<T>(T started)
        where T : IAsyncDisposable
    {
        running.Push(started);
        return started;
    }

    private async Task<T> EmulatorAsync<T>(T emulator)
        where T : IAsyncLifetime
    {
        running.Push(new Emulator(emulator));
        await emulator.InitializeAsync();
        return emulator;
    }

    private sealed class Emulator(IAsyncLifetime emulator) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await emulator.DisposeAsync();
            (emulator as IDisposable)?.Dispose();
        }
    }
}
