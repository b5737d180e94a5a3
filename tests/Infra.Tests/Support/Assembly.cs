// jsii is one Node process that answers one call at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
