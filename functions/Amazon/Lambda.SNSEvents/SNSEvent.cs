namespace Amazon.Lambda.SNSEvents;

/// <summary>What SNS hands to a subscribed function. Every field may be missing.</summary>
public class SNSEvent
{
    /// <summary>One record in practice; SNS does not promise it.</summary>
    public IList<SNSRecord>? Records { get; set; }

    public class SNSRecord
    {
        public string? EventSource { get; set; }

        public string? EventSubscriptionArn { get; set; }

        public string? EventVersion { get; set; }

        public SNSMessage? Sns { get; set; }
    }

    public class SNSMessage
    {
        public string? Message { get; set; }

        public IDictionary<string, MessageAttribute>? MessageAttributes { get; set; }

        public string? MessageId { get; set; }

        public string? Signature { get; set; }

        public string? SignatureVersion { get; set; }

        /// <summary>Spelled Url here and URL in what SNS sends over HTTPS.</summary>
        public string? SigningCertUrl { get; set; }

        public string? Subject { get; set; }

        public DateTime Timestamp { get; set; }

        public string? TopicArn { get; set; }

        public string? Type { get; set; }

        public string? UnsubscribeUrl { get; set; }
    }

    public class MessageAttribute
    {
        /// <summary>String, String.Array, Number or Binary.</summary>
        public string? Type { get; set; }

        public string? Value { get; set; }
    }
}
