using AlertHub.Channels.Secrets;
using AlertHub.Configuration;
using AlertHub.Tests.Support;
using Amazon;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace AlertHub.Tests.Channels.Secrets;

public sealed class SecretsInParameterStore : SecretSourceContract, IDisposable
{
    private readonly FakeClock clock = new();
    private readonly Store store = new();
    private readonly SsmSecretSource source;

    public SecretsInParameterStore() => source = new(() => store, clock);

    protected override ISecretSource Source => source;

    protected override SecretReference Reference { get; } = new SecretReference.Parameter(Store.Name);

    protected override SecretReference Missing { get; } = new SecretReference.Parameter("/alerthub/none");

    protected override void Keep(string secret) => store.Kept = secret;

    public void Dispose() => source.Dispose();

    public static TheoryData<Exception> Outages { get; } =
    [
        new AmazonClientException("no credentials"),
        new AmazonSimpleSystemsManagementException("ThrottlingException"),
        new HttpRequestException("no route"),
        new TimeoutException(),
        new TaskCanceledException("the request timed out", new TimeoutException()),
        new IOException("the connection broke"),
    ];

    [Fact]
    public async Task A_secret_is_asked_for_once_in_five_minutes()
    {
        Keep(Value);

        await Get();
        clock.Advance(SsmSecretSource.Lifetime - TimeSpan.FromTicks(1));
        await Get();
        Assert.Equal(1, store.Requests);

        clock.Advance(TimeSpan.FromTicks(1));
        await Get();
        Assert.Equal(2, store.Requests);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task While_the_store_is_out_of_reach_the_last_value_stands(Exception outage)
    {
        Keep(Value);
        await Get();
        store.Outage = outage;
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new Secret(Value), await Get());
        Assert.Equal(new Secret(Value), await Get(refresh: true));
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_store_out_of_reach_from_the_start_is_said_so(Exception outage)
    {
        store.Outage = outage;

        var problem = await Assert.ThrowsAsync<SecretUnavailableException>(() => Get());

        Assert.Contains(Store.Name, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not_waited_for_while_a_value_is_known()
    {
        Keep(Value);
        await Get();
        store.Hangs = true;
        clock.Advance(SsmSecretSource.Lifetime);

        var waiting = Get();
        clock.Advance(SsmSecretSource.Patience);

        Assert.Equal(new Secret(Value), await waiting);
        Assert.Equal(new Secret(Value), await Get());
        Assert.Equal(2, store.Requests);
        store.Hangs = false;
        clock.Advance(SsmSecretSource.Pause);
        await Get();
        Assert.Equal(3, store.Requests);
    }

    [Fact]
    public async Task A_store_that_never_answered_is_given_up_in_seconds()
    {
        store.Hangs = true;

        var waiting = Get();
        clock.Advance(SsmSecretSource.Patience);

        var problem = await Assert.ThrowsAsync<SecretUnavailableException>(() => waiting);
        Assert.Contains("cannot be reached", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_cannot_be_made_is_made_at_the_next_try()
    {
        Keep(Value);
        var calls = 0;
        using var later = new SsmSecretSource(
            () => calls++ == 0 ? throw new AmazonClientException("no region yet") : store,
            clock
        );

        await Assert.ThrowsAsync<SecretUnavailableException>(async () =>
            await later.GetAsync(Reference, refresh: false, CancellationToken.None)
        );
        Assert.Equal(new Secret(Value), await later.GetAsync(Reference, refresh: false, CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_stops_waiting_is_not_told_of_an_outage()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await source.GetAsync(Reference, refresh: true, stopped.Token)
        );
    }

    [Fact]
    public async Task It_asks_for_the_decrypted_value()
    {
        Keep(Value);

        await Get();

        Assert.True(store.LastRequest?.WithDecryption);
    }

    [Fact]
    public async Task Another_kind_of_reference_is_not_its_own() =>
        await Assert.ThrowsAsync<SecretUnavailableException>(async () =>
            await source.GetAsync(SecretReference.Parse("env:X"), refresh: false, CancellationToken.None)
        );

    private async Task<Secret> Get(bool refresh = false) =>
        await source.GetAsync(Reference, refresh, CancellationToken.None);

    private sealed class Store()
        : AmazonSimpleSystemsManagementClient(new AnonymousAWSCredentials(), RegionEndpoint.EUCentral1)
    {
        public const string Name = "/alerthub/slack";

        private int requests;

        public string Kept { get; set; } = "";

        public Exception? Outage { get; set; }

        public int Requests => requests;

        public GetParameterRequest? LastRequest { get; private set; }

        public bool Hangs { get; set; }

        public override async Task<GetParameterResponse> GetParameterAsync(
            GetParameterRequest request,
            CancellationToken cancellationToken = default
        )
        {
            if (Hangs)
            {
                Interlocked.Increment(ref requests);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return await AnswerAsync(request);
        }

        private Task<GetParameterResponse> AnswerAsync(GetParameterRequest request)
        {
            Interlocked.Increment(ref requests);
            LastRequest = request;
            return Outage is { } outage ? Task.FromException<GetParameterResponse>(outage)
                : request.Name == Name
                    ? Task.FromResult(
                        new GetParameterResponse
                        {
                            Parameter = new() { Name = Name, Value = Kept },
                        }
                    )
                : Task.FromException<GetParameterResponse>(new ParameterNotFoundException("no such parameter"));
        }
    }
}
