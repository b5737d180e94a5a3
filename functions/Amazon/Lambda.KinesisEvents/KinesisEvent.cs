namespace Amazon.Lambda.KinesisEvents;

/// <summary>A batch of records from one shard, in order. Every field may be missing.</summary>
public class KinesisEvent
{
    public IList<KinesisEventRecord>? Records { get; set; }

    public class KinesisEventRecord
    {
        public string? AwsRegion { get; set; }

        /// <summary>Shard id, colon, sequence number.</summary>
        public string? EventId { get; set; }

        public string? EventName { get; set; }

        public string? EventSource { get; set; }

        public string? EventSourceARN { get; set; }

        public string? EventVersion { get; set; }

        public string? InvokeIdentityArn { get; set; }

        public Record? Kinesis { get; set; }
    }

    public class Record
    {
        public DateTime? ApproximateArrivalTimestamp { get; set; }

        public MemoryStream? Data { get; set; }

        public string? KinesisSchemaVersion { get; set; }

        public string? PartitionKey { get; set; }

        public string? SequenceNumber { get; set; }
    }
}
