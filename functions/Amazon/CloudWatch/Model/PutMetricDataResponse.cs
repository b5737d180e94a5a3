using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

public sealed class PutMetricDataResponse : AmazonWebServiceResponse;
