namespace AlertHub.Configuration;

/// <summary>
/// What is wrong with where a secret stands, as a sentence that ends with what to write instead, for a host that cannot read
/// it there; null where nothing is. Asked about files that keys such as <c>password_file</c> name, too. Not asked about the
/// address of a webhook that stands in the configuration itself, which need not be secret.
/// </summary>
public delegate string? SecretReview(SecretReference secret);
