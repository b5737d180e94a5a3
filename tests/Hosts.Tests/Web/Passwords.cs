using System.Globalization;
using AlertHub.Api.Web;
using AlertHub.Tests.Support;

namespace Hosts.Tests.Web;

public sealed class Passwords
{
    [Fact]
    public void Hashes_of_the_system_let_their_password_in_and_no_other() =>
        Assert.All(
            Repository.Cases("bcrypt.txt"),
            row =>
            {
                var password = row[0].StartsWith("x*", StringComparison.Ordinal)
                    ? new string('x', int.Parse(row[0][2..], CultureInfo.InvariantCulture))
                    : row[0];
                Assert.True(Bcrypt.Verify(password, row[1]), row[0]);
                Assert.False(Bcrypt.Verify("y" + password, row[1]), row[0]);
            }
        );
}
